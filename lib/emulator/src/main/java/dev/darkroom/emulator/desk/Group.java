package dev.darkroom.emulator.desk;

import java.util.regex.Pattern;

/**
 * How many images a group has where the model decides: as many as its prompt names ("3 pictures"), else as many as it
 * may have at most if the request says so, else two.
 */
public final class Group {

    private static final Pattern NAMED = Pattern.compile("(?i)\\b(\\d{1,2}) (?:images?|pictures?|photos?|panels?)\\b");
    private static final int USUAL = 2;

    private Group() {}

    /**
     * Decides.
     *
     * @param prompt what the group shall show
     * @param most how many it may have at most, 1 or more
     * @param said whether the request says so itself
     * @return 1 or more
     */
    public static int size(String prompt, int most, boolean said) {
        var named = NAMED.matcher(prompt);
        int wanted = named.find() ? Integer.parseInt(named.group(1)) : said ? most : USUAL;
        return Math.max(1, Math.min(most, wanted));
    }
}
