package dev.darkroom.emulator.openai;

import dev.darkroom.emulator.desk.Counter;
import dev.darkroom.emulator.desk.Job;
import dev.darkroom.emulator.desk.Odd;
import dev.darkroom.emulator.desk.StreamFaults;
import dev.darkroom.emulator.desk.Studio;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import reactor.core.publisher.Mono;

/**
 * Makes the images of an order, all at once or while you watch.
 *
 * <p>A stream makes one image after the other: its previews, then its completed event with its own usage. Nothing on the
 * wire numbers the images, nothing but the number of completed events says that all are there, and no {@code [DONE]}
 * follows.
 */
record Generator(Studio studio, long seed) {

    Mono<Reply> reply(Order order, Call call) {
        var job = Job.of(call, order.prompt(), seed, order.size(), order.references(), order.format(), order.n())
                .files(order.compression(), order.transparent())
                .retouching(order.retouch());
        var wording = new Wording(order, new Odd(call.fault().fault()));
        return job.streams(order.stream(), true)
                ? Mono.just(stream(order, job, wording))
                : new Counter(studio).document(job, true, wording).map(Reply::measured);
    }

    private Reply stream(Order order, Job job, Wording wording) {
        var events = studio.files(job, order.partials())
                .mapNotNull(shot -> wording.event(shot, studio.pace().seconds()))
                .switchIfEmpty(
                        Mono.fromSupplier(() -> wording.ending().failure().apply(false)));
        return Reply.namedStream(new StreamFaults(job.call().fault(), wording.ending()).apply(events))
                .header("Cache-Control", "no-cache");
    }
}
