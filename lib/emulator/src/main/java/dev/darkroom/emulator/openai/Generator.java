package dev.darkroom.emulator.openai;

import dev.darkroom.emulator.desk.Job;
import dev.darkroom.emulator.desk.Odd;
import dev.darkroom.emulator.desk.Shot;
import dev.darkroom.emulator.desk.StreamFaults;
import dev.darkroom.emulator.desk.Studio;
import dev.darkroom.emulator.desk.Trouble;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
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
                .files(order.compression(), order.transparent());
        return job.streams(order.stream(), true) ? Mono.just(stream(order, job)) : document(order, job);
    }

    private Mono<Reply> document(Order order, Job job) {
        return studio.files(job, 0)
                .ofType(Shot.Finished.class)
                .collectList()
                .map(shots -> shots.isEmpty() && !job.images().isEmpty()
                        ? nothing(order, job.call())
                        : document(order, job, shots));
    }

    private Reply document(Order order, Job job, List<Shot.Finished> shots) {
        var odd = new Odd(job.call().fault().fault());
        var json = new Wording(order, odd).document(shots, studio.pace().seconds());
        return odd.document(json).measured();
    }

    private static Reply nothing(Order order, Call call) {
        var fault = call.fault().is(Fault.IMAGE_FAILED) ? Fault.MODERATION : Fault.SERVER_ERROR;
        return new Refusals(order.model().id(), Trouble.of(fault)).reply().orElseThrow();
    }

    private Reply stream(Order order, Job job) {
        var plan = job.call().fault();
        var wording = new Wording(order, new Odd(plan.fault()));
        var events = studio.files(job, order.partials())
                .mapNotNull(shot -> wording.event(shot, studio.pace().seconds()));
        return Reply.namedStream(new StreamFaults(plan, wording.ending()).apply(events))
                .header("Cache-Control", "no-cache");
    }
}
