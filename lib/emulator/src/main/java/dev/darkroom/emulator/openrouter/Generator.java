package dev.darkroom.emulator.openrouter;

import dev.darkroom.emulator.desk.Job;
import dev.darkroom.emulator.desk.Json;
import dev.darkroom.emulator.desk.Odd;
import dev.darkroom.emulator.desk.Shot;
import dev.darkroom.emulator.desk.StreamFaults;
import dev.darkroom.emulator.desk.Studio;
import dev.darkroom.emulator.desk.Trouble;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Frame.Event;
import dev.darkroom.emulator.server.Reply;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Makes the images of an order, all at once or while you watch.
 *
 * <p>A stream makes one image after the other: its previews, then its completed event with its own usage. Nothing on
 * the wire numbers the images, so their order is all a client has.
 */
final class Generator {

    private static final Duration ALIVE = Duration.ofMillis(500);

    private final Studio studio;
    private final Ledger ledger;

    Generator(Studio studio, Ledger ledger) {
        this.studio = studio;
        this.ledger = ledger;
    }

    Mono<Reply> reply(Order order, Call call) {
        var generation = ledger.open(order, studio.pace().now());
        var job = Job.of(
                        call, order.prompt(), order.seed(), order.size(), order.references(), order.format(), order.n())
                .files(order.compression(), order.transparent());
        boolean stream = job.streams(order.stream(), order.model().streaming());
        var reply = stream ? Mono.just(stream(order, job, generation)) : document(order, job, generation);
        return reply.map(made -> Answers.shared(made)
                .header("X-Generation-Id", generation.id())
                .header("X-Provider-Name", order.model().provider()));
    }

    private Mono<Reply> document(Order order, Job job, Generation generation) {
        var bill = Bill.of(order, job.images().size(), 0);
        return studio.files(job, 0)
                .ofType(Shot.Finished.class)
                .collectList()
                .map(shots ->
                        shots.isEmpty() && !job.images().isEmpty() ? nothing(order) : document(order, job, bill, shots))
                .doFinally(signal -> close(generation, job, bill, signal));
    }

    private Reply document(Order order, Job job, Bill bill, List<Shot.Finished> shots) {
        var odd = new Odd(job.call().fault().fault());
        var events = new Events(odd);
        long created = odd.created(studio.pace().seconds());
        var json = Json.object().put("created", order.model().createdZero() ? 0 : created);
        var data = json.putArray("data");
        shots.forEach(shot -> data.add(odd.fields(events.image(Json.object(), shot))));
        if (odd.usage()) {
            json.set("usage", bill.json());
        }
        return odd.document(json);
    }

    /** A generation which does not complete. */
    private static Reply nothing(Order order) {
        var trouble = Trouble.of(Fault.PROVIDER_ERROR);
        return new Refusals(order.model().id(), order.model().provider(), order.prompt(), trouble).reply();
    }

    private Reply stream(Order order, Job job, Generation generation) {
        var plan = job.call().fault();
        int partials = order.format() == Format.SVG ? 0 : studio.pace().partials();
        var bill = Bill.of(order, order.n(), order.n() * partials);
        var events = new Events(new Odd(plan.fault()));
        var made = studio.files(job, partials)
                .mapNotNull(shot -> event(order, events, partials, shot))
                .switchIfEmpty(Mono.fromSupplier(() -> Events.error(false)));
        var frames = new StreamFaults(plan, events.ending(order.n())).apply(made);
        return Reply.stream(studio.pace()
                        .of(job.call())
                        .alive(frames, ALIVE, "")
                        .doFinally(signal -> close(generation, job, bill, signal)))
                .header("Cache-Control", "no-cache");
    }

    private @Nullable Event event(Order order, Events events, int partials, Shot shot) {
        if (shot instanceof Shot.Preview preview) {
            return events.partial(preview.number(), preview.file(), order.format());
        }
        if (shot instanceof Shot.Words words) {
            return events.text(words.phase(), words.text());
        }
        return shot instanceof Shot.Finished finished
                ? events.completed(finished, studio.pace().seconds(), Bill.of(order, 1, partials))
                : null; // nothing on the wire says that an image is not coming
    }

    private void close(Generation generation, Job job, Bill bill, SignalType signal) {
        boolean cancelled = signal == SignalType.CANCEL;
        boolean nothing = job.call().tally().images().made() == 0;
        ledger.close(
                generation,
                cancelled || nothing ? null : bill,
                cancelled,
                studio.pace().now());
    }
}
