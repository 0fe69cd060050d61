package dev.darkroom.json;

import dev.darkroom.image.Billed;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.Outcome;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a failure as the exception that it was. */
final class FailureReading {

    private final Members members;
    private final Set<Integer> announced = new HashSet<>();

    private @Nullable String kind;
    private @Nullable String reason;
    private @Nullable String billed;
    private String message = "the generation failed";
    private FailureDetails details = FailureDetails.NONE;
    private @Nullable Instant retryAt;
    private ImageEvent.@Nullable Partial lastPartial;
    private boolean lastPartialAnnounced;
    private List<GeneratedImage> images = List.of();

    private FailureReading(Members members) {
        this.members = members;
    }

    static FailureReading of(Members members) {
        var reading = new FailureReading(members);
        members.each(reading::member);
        return reading;
    }

    private void member(String name) {
        switch (name) {
            case "kind" -> kind = members.text();
            case "reason" -> reason = members.text();
            case "billed" -> billed = members.text();
            case "message" -> message = members.string();
            case "retryAt" -> retryAt = members.instant();
            case "status" -> details = details.withStatus(members.integer());
            case "code" -> details = details.withCode(members.text());
            case "provider" -> details = details.withProvider(members.text());
            case "generationId" -> details = details.withGenerationId(members.text());
            case "partialResult" -> partialResult();
            default -> members.skip();
        }
    }

    private void partialResult() {
        if (members.isObject()) {
            members.each(this::partialResult);
        } else {
            members.skip();
        }
    }

    private void partialResult(String name) {
        switch (name) {
            case "lastPartial" -> lastPartial();
            case "images" -> images = ResultReading.images(members, announced);
            default -> members.skip();
        }
    }

    private void lastPartial() {
        var reading = PartialReading.of(members);
        lastPartial = reading.partial();
        lastPartialAnnounced = reading.isAnnounced();
    }

    /** What was sent before. */
    Sent sent() {
        return new Sent(announced, lastPartialAnnounced);
    }

    /** Of a kind that nobody knows it is not known whether it may be tried again, so it is one that is not. */
    ImageException failure() {
        var partial = new PartialResult(lastPartial, images);
        return switch (Words.constant(Outcome.class, kind).orElse(Outcome.OUTCOME_UNKNOWN)) {
            case RATE_LIMITED -> new RateLimitedException(message, details, retryAt);
            case UNAVAILABLE -> new UnavailableException(message, details, retryAt, null);
            case REJECTED -> new RejectedException(rejected(), message, details);
            case GENERATION_FAILED -> new GenerationFailedException(message, details, billed(), partial);
            case OUTCOME_UNKNOWN -> new OutcomeUnknownException(unknown(), message, details, partial, null);
        };
    }

    private RejectedException.Reason rejected() {
        return Words.constant(RejectedException.Reason.class, reason).orElse(RejectedException.Reason.REQUEST);
    }

    private OutcomeUnknownException.Reason unknown() {
        return Words.constant(OutcomeUnknownException.Reason.class, reason)
                .orElse(OutcomeUnknownException.Reason.UNDECODABLE);
    }

    private Billed billed() {
        return Words.constant(Billed.class, billed).orElse(Billed.UNKNOWN);
    }
}
