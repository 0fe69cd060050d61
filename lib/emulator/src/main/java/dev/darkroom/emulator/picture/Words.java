package dev.darkroom.emulator.picture;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Something a prompt can call by one of several words. */
interface Words {

    /** In lower case, separated by spaces. */
    String words();

    /** The words of a prompt. */
    static List<String> of(String prompt) {
        return Arrays.asList(prompt.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"));
    }

    /** What the prompt calls first, if it calls any. */
    static <T extends Words> Optional<T> called(String prompt, T[] candidates) {
        for (var word : of(prompt)) {
            for (var candidate : candidates) {
                if (Arrays.asList(candidate.words().split(" ")).contains(word)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }
}
