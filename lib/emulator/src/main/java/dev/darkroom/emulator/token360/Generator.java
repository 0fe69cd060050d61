package dev.darkroom.emulator.token360;

import dev.darkroom.emulator.desk.Counter;
import dev.darkroom.emulator.desk.Gallery;
import dev.darkroom.emulator.desk.Guest;
import dev.darkroom.emulator.desk.Ids;
import dev.darkroom.emulator.desk.Job;
import dev.darkroom.emulator.desk.Studio;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import reactor.core.publisher.Mono;

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
        remember(guest, order, job);
        return new Counter(studio).document(job, order.base64(), new Wording(order, call, gallery));
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
}
