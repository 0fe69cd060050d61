package dev.darkroom.emulator.openrouter;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultPlan;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.server.Frame;
import dev.darkroom.emulator.server.Frame.Comment;
import dev.darkroom.emulator.server.Frame.Event;
import java.util.Arrays;
import reactor.core.publisher.Flux;

/**
 * Ends a stream, properly or as a fault wants it, and brings about the faults which concern the order of events.
 *
 * @param plan what shall go wrong
 * @param images how many completed events a whole stream has
 */
record StreamFaults(FaultPlan plan, int images) {

    private static final int HUGE = 1 << 20;

    Flux<Frame> apply(Flux<Event> events) {
        return switch (plan.fault()) {
            case ERROR_EVENT -> failed(events, "server_error", "Generation failed");
            case RATE_LIMIT_EVENT -> failed(events, "rate_limit_exceeded", "Rate limit exceeded");
            case NO_TERMINAL -> events.takeWhile(event -> !isCompleted(event)).cast(Frame.class);
            case DONE_ONLY -> Flux.concat(events.takeWhile(event -> !isCompleted(event)), done());
            case NO_DONE -> events.cast(Frame.class);
            case UNKNOWN_EVENT -> Flux.concat(Flux.just(Events.unknown()), events, done());
            case LATE_PARTIAL -> Flux.concat(events, Flux.defer(() -> Flux.just(latePartial())), done());
            case HUGE_COMMENT -> Flux.concat(Flux.just(new Comment("x".repeat(HUGE))), events, done());
            case MALFORMED_JSON ->
                Flux.concat(events.index((i, event) -> i == plan.eventsBefore(0) ? malformed(event) : event), done());
            case NO_BLANK_LINE ->
                events.index((i, event) -> event)
                        .scanWith(() -> new Counted(0, Events.unknown()), Counted::next)
                        .skip(1)
                        .map(counted -> counted.number() == images ? open(counted.event()) : counted.event());
            default -> Flux.concat(events, done());
        };
    }

    private Flux<Frame> failed(Flux<Event> events, String code, String message) {
        return Flux.concat(events.take(plan.eventsBefore(0)), Flux.just(Events.error(code, message)), done());
    }

    private static Flux<Frame> done() {
        return Flux.just(Event.done());
    }

    private static Event latePartial() {
        return new Events(Fault.NONE).partial(0, new byte[] {1, 2, 3}, Format.PNG);
    }

    private static Event malformed(Event event) {
        return new Event(event.type(), Arrays.copyOf(event.data(), event.data().length / 2));
    }

    private static Event open(Event event) {
        return new Event(event.type(), event.data(), false);
    }

    private static boolean isCompleted(Event event) {
        return event.type().equals(Events.COMPLETED);
    }

    /** An event, and how many completed ones there were up to it. */
    private record Counted(int number, Event event) {
        Counted next(Event following) {
            return new Counted(number + (isCompleted(following) ? 1 : 0), following);
        }
    }
}
