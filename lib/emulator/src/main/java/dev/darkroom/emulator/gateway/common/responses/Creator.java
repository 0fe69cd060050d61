package dev.darkroom.emulator.gateway.common.responses;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.IdGenerator;
import dev.darkroom.emulator.gateway.common.RenderJob;
import dev.darkroom.emulator.gateway.common.RenderedPart;
import dev.darkroom.emulator.gateway.common.Renderer;
import dev.darkroom.emulator.gateway.common.StreamEnding;
import dev.darkroom.emulator.gateway.common.StreamFaults;
import dev.darkroom.emulator.gateway.common.responses.EventWriter.Numbered;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import dev.darkroom.emulator.server.SseFrame.Event;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes responses, as one document or as a stream; in the background they are made whoever listens.
 *
 * <p>A fault of the stream spoils what this connection gets to read; one of the pictures spoils the response itself.
 */
final class Creator {

    private static final int ID_LENGTH = 50;
    private static final Set<String> TERMINAL = Set.of("response.completed", "response.failed", "response.incomplete");

    private final Renderer renderer;
    private final long seed;
    private final Flavour flavour;
    private final ResponseStore store;
    private final IdGenerator ids;

    Creator(Renderer renderer, long seed, Flavour flavour, ResponseStore store) {
        this.renderer = renderer;
        this.seed = seed;
        this.flavour = flavour;
        this.store = store;
        this.ids = new IdGenerator(seed);
    }

    Mono<Reply> create(CreateRequest request, Call call) {
        var faults = new FieldFaults(call.fault().fault());
        var json = new ResponseJson(
                "resp_" + ids.hex(ID_LENGTH), renderer.timing().seconds(), request, flavour.terse(), faults);
        var writer = new EventWriter(request, json, new Items(request, flavour.terse()), faults, ids);
        var response = new StoredResponse(writer, call.imageCounter());
        if (request.store()) {
            store.add(response);
        }
        var job = job(request, call);
        boolean streams = streams(request, call, job);
        if (request.background()) {
            var queued = faults.document(response.json()).withContentLength();
            response.run(Flux.defer(() -> made(writer, request, call, job)));
            return Mono.just(streams ? stream(response, call, -1) : queued);
        }
        var made = made(writer, request, call, job).doOnCancel(response::cancel);
        return streams
                ? Mono.just(stream(writer, call, made.map(Numbered::event)))
                : made.then(
                        Mono.fromSupplier(() -> faults.document(response.json()).withContentLength()));
    }

    /** What a kept response says behind a number, and what it will say. */
    Reply stream(StoredResponse response, Call call, int after) {
        return stream(response.writer(), call, response.eventsAfter(after));
    }

    private static Reply stream(EventWriter writer, Call call, Flux<Event> events) {
        var ending =
                new StreamEnding(event -> TERMINAL.contains(event.type()), 1, false, writer::failure, writer::late);
        return Reply.namedStream(new StreamFaults(call.fault(), ending).apply(events))
                .header("Cache-Control", "no-cache");
    }

    private static boolean streams(CreateRequest request, Call call, @Nullable RenderJob job) {
        return job == null
                ? request.stream() && !call.fault().is(Fault.JSON_FOR_STREAM)
                : job.streams(request.stream(), true);
    }

    private Flux<Numbered> made(EventWriter writer, CreateRequest request, Call call, @Nullable RenderJob job) {
        Flux<RenderedPart> parts =
                job == null ? Flux.empty() : renderer.render(job, request.stream() ? request.partials() : 0);
        var plan = call.fault();
        var shown = plan.is(Fault.INCOMPLETE)
                ? parts.takeWhile(
                        part -> !(part instanceof RenderedPart.Finished && part.image() >= plan.eventsBefore(0)))
                : parts;
        return Flux.concat(
                Flux.defer(() -> Flux.fromIterable(writer.opening())),
                shown.concatMapIterable(writer::part),
                Flux.defer(() -> Flux.fromIterable(writer.closing())));
    }

    private @Nullable RenderJob job(CreateRequest request, Call call) {
        var picture = request.picture();
        return picture == null
                ? null
                : RenderJob.of(
                                call,
                                request.prompt(),
                                seed,
                                picture.size(),
                                request.references(),
                                picture.format(),
                                request.images())
                        .encoded(picture.compression(), picture.transparent())
                        .animated(picture.animation())
                        .retouching(request.retouch());
    }
}
