package dev.darkroom.emulator.gateway.common.responses;

import dev.darkroom.emulator.gateway.common.responses.EventWriter.Numbered;
import dev.darkroom.emulator.journal.Background;
import dev.darkroom.emulator.journal.ImageCounter;
import dev.darkroom.emulator.server.SseFrame.Event;
import java.util.List;
import java.util.Optional;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;
import tools.jackson.databind.node.ObjectNode;

/**
 * A response while it is made and afterwards: what it says of itself, and, in the background, each event in its order, so that
 * whoever lost the connection reads on behind the last one seen.
 *
 * <p>Events arrive on a worker thread, one after the other; looked at and cancelled from any thread. The hard case is a
 * cancellation that meets the last event: whoever comes first decides, and no event follows a cancellation.
 */
final class StoredResponse {

    private final EventWriter writer;
    private final ImageCounter counter;
    private final Sinks.Many<Numbered> events = Sinks.many().replay().all();
    private final Disposable.Swap work = Disposables.swap();
    private long bytes;
    private boolean ended;

    StoredResponse(EventWriter writer, ImageCounter counter) {
        this.writer = writer;
        this.counter = counter;
    }

    String id() {
        return writer.id();
    }

    EventWriter writer() {
        return writer;
    }

    boolean isBackground() {
        return writer.request().background();
    }

    /** Whether it can be read on: only what was begun as a stream in the background can. */
    boolean isResumable() {
        return isBackground() && writer.request().stream();
    }

    /** Makes it, whoever listens. Subscribing is what accepts it, so that nothing is seen accepted which does not go on yet. */
    void run(Flux<Numbered> made) {
        counter.goOn();
        work.update(made.subscribe(this::add, failure -> end(Background.FAILED), () -> end(outcome())));
    }

    /** Everything behind a number: what was, and what comes. */
    Flux<Event> eventsAfter(int number) {
        return events.asFlux().filter(event -> event.number() > number).map(Numbered::event);
    }

    /** Ends it, if it is still under way. */
    synchronized void cancel() {
        if (!ended) {
            writer.cancel();
            end(Background.CANCELLED);
        }
    }

    ObjectNode json() {
        return writer.response();
    }

    synchronized long bytes() {
        return bytes + writer.bytes();
    }

    List<byte[]> images() {
        return writer.images();
    }

    Optional<byte[]> image(String item) {
        return writer.image(item);
    }

    private Background outcome() {
        return writer.status().equals("failed") ? Background.FAILED : Background.FINISHED;
    }

    private synchronized void add(Numbered event) {
        if (!ended) {
            bytes += event.event().data().length;
            events.emitNext(event, EmitFailureHandler.FAIL_FAST);
        }
    }

    private synchronized void end(Background how) {
        if (!ended) {
            ended = true;
            counter.end(how);
            work.dispose();
            events.emitComplete(EmitFailureHandler.FAIL_FAST);
        }
    }
}
