package dev.darkroom.emulator.gateway.token360;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.IdGenerator;
import dev.darkroom.emulator.gateway.common.PictureStore;
import dev.darkroom.emulator.gateway.common.RenderJob;
import dev.darkroom.emulator.gateway.common.Renderer;
import dev.darkroom.emulator.gateway.common.ReplyBuilder;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import reactor.core.publisher.Mono;

/**
 * Makes the images of a request, and keeps a record of it. The record comes to be when the images would be ready, whether or
 * not the client is still there: it is how a client finds out what became of a request whose answer was lost.
 *
 * @param renderer where pictures are made
 * @param pictures where their URLs lead to
 * @param store where records are kept
 * @param ids of records
 */
record Generator(Renderer renderer, PictureStore pictures, ImageStore store, IdGenerator ids) {

    Mono<Reply> reply(ApiKey apiKey, ImageRequest request, Call call) {
        var job = RenderJob.of(
                call,
                request.prompt(),
                request.seed(),
                request.size(),
                request.references(),
                request.model().format(),
                request.images());
        remember(apiKey, request, job);
        return new ReplyBuilder(renderer).document(job, request.base64(), new ReplyJson(request, call, pictures));
    }

    private void remember(ApiKey apiKey, ImageRequest request, RenderJob job) {
        var plan = job.call().fault();
        boolean fails = plan.is(Fault.IMAGE_FAILED) || plan.is(Fault.IMAGES_STOPPED);
        boolean nothing = job.images().isEmpty() || (fails && job.images().size() == 1 && plan.eventsBefore(0) == 0);
        long now = renderer.timing().now().toEpochMilli();
        long until = now + renderer.timing().latency().toMillis() * job.images().size();
        store.put(new StoredImage(
                "img_" + ids.hex(24),
                apiKey.value(),
                request.model().id(),
                request.prompt(),
                now,
                until,
                nothing ? null : renderer.picture(job, 0)));
    }
}
