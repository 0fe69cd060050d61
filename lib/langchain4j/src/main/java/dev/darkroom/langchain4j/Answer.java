package dev.darkroom.langchain4j;

import dev.darkroom.image.Billed;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import java.util.Objects;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

/** Waits for the end of a generation, on the caller's thread. */
final class Answer {

    private Answer() {}

    /** With at least one image; LangChain4j has no word for an answer without. */
    static ImageResult of(Flux<ImageEvent> events) {
        var result = await(events);
        if (result.images().isEmpty()) {
            var failure = result.failures().isEmpty() ? null : result.failures().get(0);
            var details = FailureDetails.NONE
                    .withGenerationId(result.generationId())
                    .withProvider(result.provider())
                    .withCode(failure == null ? null : failure.code())
                    .withProviderMessage(failure == null ? null : failure.providerMessage());
            throw new GenerationFailedException(
                    "no image was made: each of " + result.failures().size() + " failed",
                    details,
                    Billed.UNKNOWN,
                    PartialResult.NOTHING);
        }
        return result;
    }

    private static ImageResult await(Flux<ImageEvent> events) {
        try {
            var end = events.ofType(ImageEvent.Completed.class).single().block();
            return Objects.requireNonNull(end).result();
        } catch (RuntimeException failure) {
            if (Exceptions.unwrap(failure) instanceof InterruptedException) {
                throw new OutcomeUnknownException(
                        OutcomeUnknownException.Reason.CUT,
                        "the thread that waited for the image was interrupted; the request was ended, and may be billed",
                        FailureDetails.NONE,
                        PartialResult.NOTHING,
                        failure);
            }
            throw failure;
        }
    }
}
