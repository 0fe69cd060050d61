package dev.darkroom.cli;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RejectedException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The message of a failure: what happened, what the gateway says, and what would help. */
final class FailureMessage {

    static final String INTERRUPTED = "interrupted; the request is cancelled, what was already generated may be billed";

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private FailureMessage() {}

    static List<String> of(ImageException failure) {
        return of(failure, "darkroom models");
    }

    /** With the command which lists what might have been meant. */
    static List<String> of(ImageException failure, String listing) {
        var exitStatus = ExitStatus.of(failure);
        var kind = exitStatus.kind().replace('_', ' ');
        var reason =
                exitStatus.reason() == null ? "" : " (" + exitStatus.reason().replace('_', ' ') + ")";
        var lines = new ArrayList<String>();
        lines.add(kind + reason + ": " + HumanText.clean(ShellWords.of(String.valueOf(failure.getMessage()))));
        var words = failure.providerMessage();
        if (words != null) {
            lines.add("the gateway says: " + HumanText.clean(words));
        }
        var help = help(failure, listing);
        if (help != null) {
            lines.add(help);
        }
        return lines;
    }

    private static @Nullable String help(ImageException failure, String listing) {
        return switch (failure.outcome()) {
            case REJECTED ->
                ExitStatus.isOurs(failure)
                        ? "nothing was sent; --help says what there is"
                        : help(failure.reason(), listing);
            case RATE_LIMITED -> "nothing was made; try again " + when(failure.retryAt());
            case UNAVAILABLE -> "nothing was made; try again later";
            case GENERATION_FAILED -> help(failure.billed());
            case OUTCOME_UNKNOWN ->
                "it may have been made and billed; look it up before you ask again"
                        + " (at token360: 'darkroom images list')";
        };
    }

    private static String help(Billed billed) {
        return switch (billed) {
            case YES -> "it is billed all the same";
            case NO -> "it is not billed; try again";
            case UNKNOWN -> "whether it is billed, nobody said";
        };
    }

    private static String when(@Nullable Instant at) {
        return at == null
                ? "later"
                : "at " + CLOCK.format(at.atZone(ZoneId.systemDefault())) + ", or let it wait longer with --timeout";
    }

    private static @Nullable String help(@Nullable Enum<?> reason, String listing) {
        if (reason == RejectedException.Reason.CREDENTIALS) {
            return "check the key: --api-key, or the variable of the provider, such as OPENROUTER_API_KEY";
        }
        return reason == RejectedException.Reason.NOT_FOUND
                ? "'" + listing + "' lists what there is; if nothing is found, is --base-url the gateway's?"
                : null;
    }
}
