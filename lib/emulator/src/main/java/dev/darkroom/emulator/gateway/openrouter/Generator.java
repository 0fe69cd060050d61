package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.RenderJob;
import dev.darkroom.emulator.gateway.common.RenderedPart;
import dev.darkroom.emulator.gateway.common.Renderer;
import dev.darkroom.emulator.gateway.common.StreamFaults;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import dev.darkroom.emulator.server.SseFrame.Event;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Makes the images of a request, as one document or as a stream.
 *
 * <p>A stream makes one image after the other: its previews, then its completed event with its own usage. Nothing on
 * the wire numbers the images, so their order is all a client has.
 */
final class Generator {

    private static final Duration KEEP_ALIVE = Duration.ofMillis(500);

    private final Renderer renderer;
    private final GenerationStore store;

    Generator(Renderer renderer, GenerationStore store) {
        this.renderer = renderer;
        this.store = store;
    }

    Mono<Reply> reply(ImageRequest request, Call call) {
        var generation = store.open(request, renderer.timing().now());
        var job = RenderJob.of(
                        call,
                        request.prompt(),
                        request.seed(),
                        request.size(),
                        request.references(),
                        request.format(),
                        request.n())
                .encoded(request.compression(), request.transparent());
        boolean stream = job.streams(request.stream(), request.model().streaming());
        var reply = stream ? Mono.just(stream(request, job, generation)) : document(request, job, generation);
        return reply.map(made -> Replies.shared(made)
                .header("X-Generation-Id", generation.id())
                .header("X-Provider-Name", request.model().provider()));
    }

    private Mono<Reply> document(ImageRequest request, RenderJob job, Generation generation) {
        var usage = UsageAndCost.of(request, job.images().size(), 0);
        return renderer.render(job, 0)
                .ofType(RenderedPart.Finished.class)
                .collectList()
                .map(parts -> parts.isEmpty() && !job.images().isEmpty()
                        ? nothing(request)
                        : document(request, job, usage, parts))
                .doFinally(signal -> close(generation, job, usage, signal));
    }

    private Reply document(ImageRequest request, RenderJob job, UsageAndCost usage, List<RenderedPart.Finished> parts) {
        var faults = new FieldFaults(job.call().fault().fault());
        var events = new Events(faults);
        long created = faults.created(renderer.timing().seconds());
        var json = Json.object().put("created", request.model().createdZero() ? 0 : created);
        var data = json.putArray("data");
        parts.forEach(part -> data.add(faults.fields(events.image(Json.object(), part))));
        if (faults.usage()) {
            json.set("usage", usage.json());
        }
        return faults.document(json);
    }

    /** A generation which does not complete. */
    private static Reply nothing(ImageRequest request) {
        var error = ErrorContext.of(Fault.PROVIDER_ERROR);
        return new FaultReplies(request.model().id(), request.model().provider(), request.prompt(), error).reply();
    }

    private Reply stream(ImageRequest request, RenderJob job, Generation generation) {
        var plan = job.call().fault();
        int partials = request.format() == Format.SVG ? 0 : renderer.timing().partials();
        var usage = UsageAndCost.of(request, request.n(), request.n() * partials);
        var events = new Events(new FieldFaults(plan.fault()));
        var made = renderer.render(job, partials)
                .mapNotNull(part -> event(request, events, partials, part))
                .switchIfEmpty(Mono.fromSupplier(() -> Events.error(false)));
        var frames = new StreamFaults(plan, events.ending(request.n())).apply(made);
        return Reply.stream(renderer.timing()
                        .forCall(job.call())
                        .withKeepAlive(frames, KEEP_ALIVE, "")
                        .doFinally(signal -> close(generation, job, usage, signal)))
                .header("Cache-Control", "no-cache");
    }

    private @Nullable Event event(ImageRequest request, Events events, int partials, RenderedPart part) {
        if (part instanceof RenderedPart.Preview preview) {
            return events.partial(preview.number(), preview.file(), request.format());
        }
        if (part instanceof RenderedPart.Text text) {
            return events.text(text.phase(), text.text());
        }
        return part instanceof RenderedPart.Finished finished
                ? events.completed(finished, renderer.timing().seconds(), UsageAndCost.of(request, 1, partials))
                : null; // nothing on the wire says that an image is not coming
    }

    private void close(Generation generation, RenderJob job, UsageAndCost usage, SignalType signal) {
        boolean cancelled = signal == SignalType.CANCEL;
        boolean nothing = job.call().imageCounter().counts().made() == 0;
        store.close(
                generation,
                cancelled || nothing ? null : usage,
                cancelled,
                renderer.timing().now());
    }
}
