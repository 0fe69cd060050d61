package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Payload;
import dev.darkroom.image.Billed;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What the refusals and failures of a gateway mean: first by its own words, then by the common {@link StatusTable}. The one way
 * for all gateways, belonging to one answer.
 *
 * @param words what is special about the gateway
 * @param head who answers
 */
public record Failures(ErrorRules words, Origin head) implements AnswerReading.Errors {

    /** The meaning of an answer without success. */
    public ImageException of(byte[] body) {
        var failure = failure(ErrorBody.of(body), head.reply().status());
        var meaning = words.meaning(failure);
        var retryable = meaning != null && meaning.outcome().isRetryable();
        return words.revised(
                failure,
                meaning == null || (retryable && failure.isTimeout()) ? StatusTable.byStatus(failure) : meaning);
    }

    /** The meaning of an error inside a 200. What was made before it, or is said to have been, was accepted. */
    @Override
    public ImageException read(Payload payload, boolean begun, PartialResult partialResult) {
        return read(ErrorBody.of(payload), begun, partialResult);
    }

    /** The same of a part of the payload. */
    public ImageException read(Payload payload, JsonNode part, boolean begun, PartialResult partialResult) {
        return read(ErrorBody.of(payload, part), begun, partialResult);
    }

    /** The meaning of an error that is a part of a payload. */
    ImageException read(ErrorBody error, boolean begun, PartialResult partialResult) {
        var failure = failure(error, error.status() == 0 ? words.status(error.words()) : error.status());
        var usage = Usages.read(error.usage(), words.costUnit());
        var made =
                usage == null || usage.images() == null ? partialResult.images().size() : usage.images();
        var billed = failure.isOwn() || made > 0 ? words.billed(begun, made) : Billed.UNKNOWN;
        if (begun || made > 0) {
            return StatusTable.after(failure, partialResult, billed);
        }
        var meaning = words.meaning(failure);
        var refusal = meaning instanceof RejectedException
                || (meaning instanceof RateLimitedException && failure.status() < 500);
        return refusal || meaning instanceof GenerationFailedException
                ? Objects.requireNonNull(meaning)
                : StatusTable.before(failure, billed);
    }

    /** Nothing was made, and a word in an answer that is none of an error says why. */
    Failure stopped(String code, @Nullable String sentence, @Nullable String generationId) {
        var error = JsonNodeFactory.instance.objectNode().put("code", code);
        var told = generationId == null ? head : head.withGenerationId(generationId);
        var body = JsonNodeFactory.instance.objectNode().set("error", error);
        return new Failure(told, ErrorBody.of(body), 0, true, false, sentence);
    }

    /** The body knows the handle better than the head. */
    private Failure failure(ErrorBody error, int status) {
        var told = words.origin(head, error);
        var id = Fields.text(error.body(), "request_id");
        return new Failure(
                id == null ? told : told.withGenerationId(id),
                error,
                status,
                words.isOwn(error),
                !words.finishesWhatItBegan(),
                words.message(error));
    }
}
