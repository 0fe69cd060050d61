package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.server.SseFrame.Event;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How a gateway's streams end, and go wrong.
 *
 * @param terminal whether an event is one of those which make a stream complete
 * @param terminals how many of them a whole stream has
 * @param done whether {@code [DONE]} follows
 * @param failure the error event: of a rate limit if true, of a failed generation if not
 * @param late an event of an image, for where none should come any more
 */
public record StreamEnding(
        Predicate<Event> terminal,
        int terminals,
        boolean done,
        Function<Boolean, Event> failure,
        Supplier<Event> late) {}
