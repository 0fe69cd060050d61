package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageException;
import java.util.function.Function;

/**
 * What a gateway's answers have in common: where their handle stands, and in which words they refuse.
 *
 * @param origins who answers, by the head
 * @param words what is special about its errors
 */
public record Answers(Function<Reply, Origin> origins, ErrorRules words) {

    /** With the handle in a header, and no provider. */
    public static Answers of(String gateway, String generationIdHeader, ErrorRules words) {
        return new Answers(reply -> Origin.of(gateway, reply, generationIdHeader), words);
    }

    /** Reads the answer to a request. */
    public Reading reading(Reply head, AnswerReading.Events events) {
        var origin = origins.apply(head);
        return new AnswerReading(origin, events, new Failures(words, origin));
    }

    /**
     * Reads the answer to a request where it is a message.
     *
     * @param expected how many choices were asked for
     */
    public Reading message(Reply head, MessageShape shape, int expected) {
        var origin = origins.apply(head);
        var failures = new Failures(words, origin);
        return new AnswerReading(origin, new MessageEvents(shape, expected, failures), failures);
    }

    /** What an answer without success means. */
    public ImageException failure(Reply head, byte[] body) {
        return new Failures(words, origins.apply(head)).of(body);
    }
}
