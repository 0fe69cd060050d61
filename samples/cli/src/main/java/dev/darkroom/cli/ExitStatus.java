package dev.darkroom.cli;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * How a failed generation ends, for scripts.
 *
 * @param kind the word for it in JSON
 * @param reason which one of its kind, where the kind has several
 * @param exitCode of the process
 */
record ExitStatus(String kind, @Nullable String reason, int exitCode) {

    static final int DONE = 0;
    static final int SOFTWARE = 1;
    static final int USAGE = 2;
    static final int REJECTED = 3;
    static final int UNAVAILABLE = 5;
    static final int OUTCOME_UNKNOWN = 6;
    static final int GENERATION_FAILED = 7;
    static final int INTERRUPTED = 130;

    /** For {@code --help}. */
    static final Map<String, String> EXIT_CODES = UsageMessageSpec.keyValuesMap(
            "0:done",
            "1:made, but not fetched or not written; or a fault of this program",
            "2:the command line is wrong, or asks for what cannot be sent",
            "3:rejected: the request, the key or the credits will not do",
            "4:rate limited for longer than we may wait",
            "5:unavailable: nothing was accepted, try again",
            "6:outcome unknown: sent, and no final answer; it may be billed",
            "7:generation failed: tried, and no picture came of it",
            "130:interrupted");

    static ExitStatus of(ImageException failure) {
        var reason = failure.reason();
        return new ExitStatus(failure.outcome().word(), reason == null ? null : word(reason), exitCode(failure));
    }

    private static int exitCode(ImageException failure) {
        return switch (failure.outcome()) {
            case REJECTED -> isOurs(failure) ? USAGE : REJECTED;
            case RATE_LIMITED -> 4;
            case UNAVAILABLE -> UNAVAILABLE;
            case OUTCOME_UNKNOWN -> OUTCOME_UNKNOWN;
            case GENERATION_FAILED -> GENERATION_FAILED;
        };
    }

    /** Whether the client itself found the fault, before anything was sent. */
    static boolean isOurs(ImageException rejected) {
        return rejected.details().equals(FailureDetails.NONE);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
