package dev.darkroom.emulator.gateway.common.openai;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.RenderJob;
import dev.darkroom.emulator.gateway.common.Renderer;
import dev.darkroom.emulator.gateway.common.ReplyBuilder;
import dev.darkroom.emulator.gateway.common.StreamFaults;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import reactor.core.publisher.Mono;

/**
 * Makes the images of a request, as one document or as a stream.
 *
 * <p>A stream makes one image after the other: its previews, then its completed event with its own usage. Nothing on the
 * wire numbers the images, nothing but the number of completed events says that all are there, and no {@code [DONE]}
 * follows.
 */
record Generator(Renderer renderer, Words words, long seed) {

    Mono<Reply> reply(ImageRequest request, Call call) {
        var picture = request.picture();
        var job = RenderJob.of(
                        call,
                        request.prompt(),
                        seed,
                        picture.size(),
                        request.references(),
                        picture.format(),
                        request.n())
                .encoded(picture.compression(), picture.transparent())
                .animated(picture.animation())
                .retouching(request.retouch());
        var replyJson =
                new ReplyJson(request, words, new FieldFaults(call.fault().fault()));
        return job.streams(request.stream(), picture.streams())
                ? Mono.just(stream(request, job, replyJson))
                : new ReplyBuilder(renderer).document(job, true, replyJson).map(Reply::withContentLength);
    }

    private Reply stream(ImageRequest request, RenderJob job, ReplyJson replyJson) {
        var events = renderer.render(job, request.partials())
                .mapNotNull(part -> replyJson.event(part, renderer.timing().seconds()))
                .switchIfEmpty(Mono.fromSupplier(() -> replyJson.failure(Fault.SERVER_ERROR)));
        return Reply.namedStream(new StreamFaults(job.call().fault(), replyJson.ending()).apply(events))
                .header("Cache-Control", "no-cache");
    }
}
