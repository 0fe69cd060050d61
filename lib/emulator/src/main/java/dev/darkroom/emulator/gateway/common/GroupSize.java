package dev.darkroom.emulator.gateway.common;

import java.util.regex.Pattern;

/**
 * How many images a group has where the model decides: as many as its prompt names ("3 pictures"), else as many as it
 * may have at most if the request says so, else two.
 */
public final class GroupSize {

    private static final Pattern NAMED = Pattern.compile("(?i)\\b(\\d{1,2}) (?:images?|pictures?|photos?|panels?)\\b");
    private static final int DEFAULT = 2;

    private GroupSize() {}

    /**
     * Decides.
     *
     * @param prompt what the group shall show
     * @param most how many it may have at most, 1 or more
     * @param fieldText whether the request says so itself
     * @return 1 or more
     */
    public static int size(String prompt, int most, boolean fieldText) {
        return named(prompt, most, fieldText ? most : DEFAULT);
    }

    /**
     * Decides where only the prompt can ask for several.
     *
     * @param prompt what they shall show
     * @param most how many there may be at most, 1 or more
     * @param usual how many there are if the prompt names no number
     * @return 1 or more
     */
    public static int named(String prompt, int most, int usual) {
        var named = NAMED.matcher(prompt);
        return Math.max(1, Math.min(most, named.find() ? Integer.parseInt(named.group(1)) : usual));
    }
}
