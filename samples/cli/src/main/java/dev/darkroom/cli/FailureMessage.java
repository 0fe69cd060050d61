package dev.darkroom.cli;

import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
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
        lines.add(kind + reason + ": " + HumanText.clean(String.valueOf(failure.getMessage())));
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
        if (failure instanceof RejectedException rejected) {
            return ExitStatus.isOurs(rejected)
                    ? "nothing was sent; --help says what there is"
                    : help(rejected.reason(), listing);
        }
        if (failure instanceof RateLimitedException limited) {
            var at = limited.retryAt();
            return at == null
                    ? "nothing was made; try again later"
                    : "nothing was made; try again at " + CLOCK.format(at.atZone(ZoneId.systemDefault()))
                            + ", or let it wait longer with --timeout";
        }
        if (failure instanceof UnavailableException) {
            return "nothing was made; try again later";
        }
        if (failure instanceof GenerationFailedException failed) {
            return switch (failed.billed()) {
                case YES -> "it is billed all the same";
                case NO -> "it is not billed; try again";
                case UNKNOWN -> "whether it is billed, nobody said";
            };
        }
        return failure instanceof OutcomeUnknownException
                ? "it may have been made and billed; look it up before you ask again"
                        + " (at token360: 'darkroom images list')"
                : null;
    }

    private static @Nullable String help(RejectedException.Reason reason, String listing) {
        return switch (reason) {
            case CREDENTIALS -> "check the key: --api-key, or the variable of the provider, such as OPENROUTER_API_KEY";
            case NOT_FOUND ->
                "'" + listing + "' lists what there is; if nothing is found, is --base-url the gateway's?";
            case REQUEST, CREDITS, FORBIDDEN, MODERATION, TOO_LARGE -> null;
        };
    }
}
