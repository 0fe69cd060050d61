package dev.darkroom.cli;

import dev.darkroom.settings.RateLimits;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The client's sentences for the person at the shell. They name the setting that would help as it is written in Java: here the flag
 * stands for it, or, where there is none, the word that it goes by.
 */
final class ShellWords {

    private static final Pattern ALLOWED = Pattern.compile("downloads\\(\\w -> \\w\\.allow\\(\"([^\"]*)\"\\)\\)");
    private static final Pattern SETTING =
            Pattern.compile("(?:timeouts|limits|downloads|rateLimits)\\(\\w -> \\w\\.(\\w+)\\(\\.\\.\\)\\)");

    private ShellWords() {}

    static String of(String sentence) {
        var flags = sentence.replace(RateLimits.MAX_WAIT, "--timeout")
                .replace("ignoreUnknownFields(true)", "--ignore-unknown-fields");
        flags = ALLOWED.matcher(flags).replaceAll("--download-from $1");
        return SETTING.matcher(flags)
                .replaceAll(found -> "the library's " + spaced(found.group(1)) + ", for which there is no flag,");
    }

    private static String spaced(String name) {
        return name.replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
