package dev.darkroom.emulator.token360;

import dev.darkroom.emulator.desk.Gallery;
import dev.darkroom.emulator.desk.Guest;
import dev.darkroom.emulator.desk.Ids;
import dev.darkroom.emulator.desk.Job;
import dev.darkroom.emulator.desk.Json;
import dev.darkroom.emulator.desk.Odd;
import dev.darkroom.emulator.desk.Shot;
import dev.darkroom.emulator.desk.Studio;
import dev.darkroom.emulator.desk.Trouble;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the images of an order, and keeps a record of it. The record comes to be when the images would be ready, whether or
 * not the client is still there: it is how a client finds out what became of a request whose answer was lost.
 *
 * @param studio where pictures are made
 * @param gallery where their URLs lead to
 * @param shelf where records stand
 * @param ids of records
 */
record Generator(Studio studio, Gallery gallery, Shelf shelf, Ids ids) {

    Mono<Reply> reply(Guest guest, Order order, Call call) {
        var job = Job.of(
                call,
                order.prompt(),
                order.seed(),
                order.size(),
                order.references(),
                order.model().format(),
                order.images());
        Flux<Shot> shots = order.base64() ? studio.files(job, 0) : studio.prints(job);
        remember(guest, order, job);
        return shots.collectList().map(list -> document(order, call, list));
    }

    private void remember(Guest guest, Order order, Job job) {
        var plan = job.call().fault();
        boolean fails = plan.is(Fault.IMAGE_FAILED) || plan.is(Fault.IMAGES_STOPPED);
        boolean nothing = job.images().isEmpty() || (fails && job.images().size() == 1 && plan.eventsBefore(0) == 0);
        long now = studio.pace().now().toEpochMilli();
        long until = now + studio.pace().latency().toMillis() * job.images().size();
        shelf.put(new Stored(
                "img_" + ids.hex(24),
                guest.key(),
                order.model().id(),
                order.prompt(),
                now,
                until,
                nothing ? null : studio.print(job, 0)));
    }

    private Reply document(Order order, Call call, List<Shot> shots) {
        boolean nothing = shots.stream().noneMatch(Shot.Finished.class::isInstance);
        if (nothing && !shots.isEmpty()) {
            var fault = call.fault().is(Fault.IMAGE_FAILED) ? Fault.MODERATION : Fault.SERVER_ERROR;
            return new Refusals(order.model().id(), Trouble.of(fault)).reply().orElseThrow();
        }
        var odd = new Odd(call.fault().fault());
        var json = Json.object().put("created", odd.created(studio.pace().seconds()));
        var data = json.putArray("data");
        shots.forEach(shot -> data.add(odd.fields(image(order, call, odd, shot))));
        return odd.document(json);
    }

    /** One of several: an image, or the provider's error in its place. */
    private ObjectNode image(Order order, Call call, Odd odd, Shot shot) {
        var json = Json.object();
        if (!(shot instanceof Shot.Finished finished)) {
            json.putObject("error").put("message", "Image generation failed").put("type", "api_error");
            return json;
        }
        if (order.base64()) {
            return json.put(
                    "b64_json",
                    odd.base64(finished.file(), finished.print().format().mediaType()));
        }
        return json.put(
                "url",
                order.model().bareBase64()
                        ? Json.base64(finished.print().file())
                        : gallery.url(call, finished.print(), StoredImages.LIFETIME));
    }
}
