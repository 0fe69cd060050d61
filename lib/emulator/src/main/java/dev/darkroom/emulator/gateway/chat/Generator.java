package dev.darkroom.emulator.gateway.chat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.IdGenerator;
import dev.darkroom.emulator.gateway.common.PictureStore;
import dev.darkroom.emulator.gateway.common.RenderJob;
import dev.darkroom.emulator.gateway.common.RenderedPart;
import dev.darkroom.emulator.gateway.common.Renderer;
import dev.darkroom.emulator.gateway.common.StreamFaults;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the images of a request, as one completion or as a stream of chunks. OpenRouter says that it is alive meanwhile.
 *
 * @param renderer renders the images
 * @param pictures where their URLs lead to
 * @param ids of completions
 */
record Generator(Renderer renderer, PictureStore pictures, IdGenerator ids) {

    private static final Duration KEEP_ALIVE = Duration.ofMillis(500);
    private static final String ALIVE = "OPENROUTER PROCESSING";
    private static final int ID_LENGTH = 20;

    Mono<Reply> reply(ImageRequest request, Call call) {
        var job = RenderJob.of(
                call,
                request.prompt(),
                request.seed(),
                request.size(),
                request.references(),
                Format.PNG,
                request.images());
        long now = renderer.timing().seconds();
        var json = new ReplyJson(request, call, pictures, "gen-" + now + "-" + ids.letters(ID_LENGTH), now);
        var reply = job.streams(request.stream(), true) ? Mono.just(stream(job, json)) : document(job, json);
        return request.model().router() ? reply.map(made -> made.header("X-Generation-Id", json.id())) : reply;
    }

    private Mono<Reply> document(RenderJob job, ReplyJson json) {
        return rendered(job, json)
                .collectList()
                .map(parts -> isStopped(job)
                        ? errors(json).error(502, "bad_response", "Provider returned error")
                        : json.faults().document(json.document(parts, end(job, json), usage(job, json))));
    }

    private Reply stream(RenderJob job, ReplyJson json) {
        var chunks = new Chunks(json);
        var events = Flux.concat(
                Flux.fromIterable(chunks.opening()),
                rendered(job, json).concatMapIterable(chunks::image),
                Flux.defer(() -> isStopped(job)
                        ? Flux.just(chunks.failure(false))
                        : Flux.fromIterable(chunks.last(end(job, json), usage(job, json)))));
        var frames = new StreamFaults(job.call().fault(), chunks.ending()).apply(events);
        return Reply.stream(
                json.request().model().router()
                        ? renderer.timing().forCall(job.call()).withKeepAlive(frames, KEEP_ALIVE, ALIVE)
                        : frames);
    }

    private Flux<RenderedPart> rendered(RenderJob job, ReplyJson json) {
        return json.request().model().byUrl() ? renderer.renderLazily(job) : renderer.render(job, 0);
    }

    /** Whether the server failed before anything was made. */
    private static boolean isStopped(RenderJob job) {
        return job.call().fault().is(Fault.IMAGES_STOPPED)
                && made(job) == 0
                && !job.images().isEmpty();
    }

    private static End end(RenderJob job, ReplyJson json) {
        if (made(job) > 0 || job.images().isEmpty()) {
            return End.STOP;
        }
        return json.request().model().router() ? End.FILTERED : End.REFUSED;
    }

    private static Errors errors(ReplyJson json) {
        return new Errors(json.request().model().router());
    }

    private static ObjectNode usage(RenderJob job, ReplyJson json) {
        return new Usage(json.request()).json(made(job));
    }

    private static int made(RenderJob job) {
        return job.call().imageCounter().counts().made();
    }
}
