package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.server.SseFrame;
import dev.darkroom.emulator.server.SseFrame.Comment;
import dev.darkroom.emulator.server.SseFrame.Event;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends a stream, properly or as a fault wants it, and brings about the faults which concern the order of events.
 *
 * @param plan what shall go wrong
 * @param ending how the gateway's streams end
 */
public record StreamFaults(Fault.Plan plan, StreamEnding ending) {

    private static final Logger LOG = LoggerFactory.getLogger(StreamFaults.class);
    private static final int HUGE = 1 << 20;

    /**
     * The whole stream.
     *
     * @param made its events, all of them; a failure among them becomes an error event
     * @return frames to send
     */
    public Flux<SseFrame> apply(Flux<Event> made) {
        var events = made.onErrorResume(e -> {
            LOG.error("The emulator failed while it streamed an image", e);
            return Flux.just(ending.failure().apply(false));
        });
        return switch (plan.fault()) {
            case ERROR_EVENT -> failed(events, false);
            case RATE_LIMIT_EVENT -> failed(events, true);
            case NO_TERMINAL -> events.takeWhile(event -> !isTerminal(event)).cast(SseFrame.class);
            case DONE_ONLY -> Flux.concat(events.takeWhile(event -> !isTerminal(event)), Flux.just(Event.done()));
            case NO_DONE -> events.cast(SseFrame.class);
            case WITH_DONE -> Flux.concat(events, Flux.just(Event.done()));
            case UNKNOWN_EVENT -> Flux.concat(Flux.just(unknown()), events, done());
            case LATE_PARTIAL -> Flux.concat(events, Mono.fromSupplier(ending.late()), done());
            case HUGE_COMMENT -> Flux.concat(Flux.just(new Comment("x".repeat(HUGE))), events, done());
            case MALFORMED_JSON ->
                Flux.concat(events.index((i, event) -> i == plan.eventsBefore(0) ? malformed(event) : event), done());
            case NO_BLANK_LINE ->
                events.scanWith(() -> new Counted(0, unknown()), this::next)
                        .skip(1)
                        .map(counted ->
                                counted.number() == ending.terminals() ? open(counted.event()) : counted.event());
            default -> Flux.concat(events, done());
        };
    }

    private Flux<SseFrame> failed(Flux<Event> events, boolean limited) {
        var error = Mono.fromSupplier(() -> ending.failure().apply(limited)); // late: it may tell what was made
        return Flux.concat(events.take(plan.eventsBefore(0)), error, done());
    }

    private Flux<SseFrame> done() {
        return ending.done() ? Flux.just(Event.done()) : Flux.empty();
    }

    private static Event unknown() {
        var json =
                Json.object().put("type", "image_generation.moderation_pending").put("progress", 0.5);
        return new Event(json.path("type").asString(), Json.bytes(json));
    }

    private static Event malformed(Event event) {
        return new Event(event.type(), Arrays.copyOf(event.data(), event.data().length / 2));
    }

    private static Event open(Event event) {
        return new Event(event.type(), event.data(), false);
    }

    private boolean isTerminal(Event event) {
        return ending.terminal().test(event);
    }

    /** An event, and how many terminal ones there were up to it. */
    private record Counted(int number, Event event) {}

    private Counted next(Counted before, Event event) {
        return new Counted(before.number() + (isTerminal(event) ? 1 : 0), event);
    }
}
