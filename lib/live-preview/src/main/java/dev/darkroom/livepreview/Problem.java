package dev.darkroom.livepreview;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RejectedException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A failure as the person at the page reads it.
 *
 * @param title what happened
 * @param help what it means for them, money included
 * @param words the gateway's own; hostile text, like all that comes from outside; null if it said nothing
 * @param detail our own message, for who wants to know more
 */
record Problem(
        String title,
        String help,
        @Nullable String words,
        @Nullable String detail) {

    static Problem of(Throwable failure) {
        if (!(failure instanceof ImageException image)) {
            return new Problem(
                    "This page made a mistake",
                    "Whether the picture was made and billed is not known.",
                    null,
                    failure.getClass().getSimpleName());
        }
        var says = image.providerMessage();
        return new Problem(title(image), help(image), says, message(image));
    }

    private static String title(ImageException failure) {
        return switch (failure.outcome()) {
            case REJECTED -> title(((RejectedException) failure).reason());
            case RATE_LIMITED -> "The gateway is busy for longer than this page waits";
            case UNAVAILABLE -> "The gateway cannot be reached";
            case GENERATION_FAILED -> "The gateway tried and failed";
            case OUTCOME_UNKNOWN -> "The answer broke off; what became of the picture is not known";
        };
    }

    private static String help(ImageException failure) {
        return switch (failure.outcome()) {
            case REJECTED -> "Nothing was made, nothing is billed.";
            case OUTCOME_UNKNOWN -> "It may have been made and billed. Asking again may cost a second time.";
            case RATE_LIMITED, UNAVAILABLE, GENERATION_FAILED -> help(failure.billed());
        };
    }

    private static String help(Billed billed) {
        return switch (billed) {
            case NO -> "Nothing is billed. Try again in a while.";
            case YES -> "It is billed all the same. Asking again costs a second time.";
            case UNKNOWN -> "Whether it is billed, the gateway does not say.";
        };
    }

    private static String title(RejectedException.Reason reason) {
        return switch (reason) {
            case REQUEST -> "The request does not suit the gateway";
            case CREDENTIALS -> "The gateway does not know this key";
            case CREDITS -> "There is no money left at the gateway";
            case FORBIDDEN -> "The key may not do this";
            case MODERATION -> "The gateway will not paint this";
            case NOT_FOUND -> "There is no such model";
            case TOO_LARGE -> "The request is too large";
        };
    }

    private static @Nullable String message(ImageException failure) {
        var message = failure.getMessage();
        return message == null || message.isEmpty()
                ? null
                : message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
    }
}
