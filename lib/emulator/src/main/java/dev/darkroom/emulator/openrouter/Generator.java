package dev.darkroom.emulator.openrouter;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultPlan;
import dev.darkroom.emulator.picture.Commission;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Picture;
import dev.darkroom.emulator.server.Frame;
import dev.darkroom.emulator.server.Frame.Comment;
import dev.darkroom.emulator.server.Frame.Event;
import dev.darkroom.emulator.server.Reply;
import java.time.Instant;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Makes the images of an order, all at once or while you watch.
 *
 * <p>A stream makes one image after the other: its previews, then its completed event with its own usage. Nothing on
 * the wire numbers the images, so their order is all a client has. Every image takes the latency set, in equal steps.
 */
final class Generator {

    private static final Logger LOG = LoggerFactory.getLogger(Generator.class);

    private final Pace pace;
    private final Ledger ledger;

    Generator(Pace pace, Ledger ledger) {
        this.pace = pace;
        this.ledger = ledger;
    }

    Mono<Reply> reply(Order order, FaultPlan plan) {
        var generation = ledger.open(order, now());
        boolean stream = plan.is(Fault.STREAM_FOR_JSON)
                ? order.model().streaming()
                : order.stream() && !plan.is(Fault.JSON_FOR_STREAM) && !plan.is(Fault.NO_IMAGES);
        var reply = stream ? Mono.just(stream(order, plan, generation)) : document(order, plan, generation);
        return reply.map(made -> Answers.shared(made)
                .header("X-Generation-Id", generation.id())
                .header("X-Provider-Name", order.model().provider()));
    }

    private Mono<Reply> document(Order order, FaultPlan plan, Generation generation) {
        var events = new Events(plan.fault());
        int images = plan.is(Fault.NO_IMAGES) ? 0 : order.n();
        var bill = Bill.of(order, images, 0);
        return Flux.range(0, images)
                .concatMap(i -> pace.step(1, () -> picture(order, i).encode(order.format(), order.compression())), 1)
                .collectList()
                .map(files -> {
                    var json = Json.object()
                            .put("created", order.model().createdZero() ? 0 : events.created(pace.seconds()));
                    var data = json.putArray("data");
                    files.forEach(file -> data.add(events.odd(events.image(Json.object(), file, order.format()))));
                    if (!plan.is(Fault.NO_USAGE)) {
                        json.set("usage", bill.json());
                    }
                    var bytes = Json.bytes(events.odd(json));
                    return Reply.document(
                            200,
                            "application/json",
                            plan.is(Fault.MALFORMED_JSON) ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);
                })
                .doFinally(signal -> close(generation, bill, signal));
    }

    private Reply stream(Order order, FaultPlan plan, Generation generation) {
        int partials = order.format() == Format.SVG ? 0 : pace.partials();
        var bill = Bill.of(order, order.n(), order.n() * partials);
        var events = Flux.range(0, order.n())
                .concatMap(i -> image(order, new Events(plan.fault()), i), 1)
                .onErrorResume(e -> {
                    LOG.error("The emulator failed while it streamed an image", e);
                    return Flux.just(Events.error("server_error", "Internal Server Error"));
                });
        var frames = new StreamFaults(plan, order.n()).apply(events);
        return Reply.stream(alive(frames).doFinally(signal -> close(generation, bill, signal)))
                .header("Cache-Control", "no-cache");
    }

    private Flux<Event> image(Order order, Events events, int number) {
        return Mono.fromCallable(() -> picture(order, number))
                .subscribeOn(pace.workers())
                .flatMapMany(picture ->
                        order.format() == Format.SVG ? markup(order, events, picture) : pixels(order, events, picture));
    }

    private Flux<Event> pixels(Order order, Events events, Picture picture) {
        int partials = pace.partials();
        return Flux.concat(
                Flux.range(0, partials)
                        .concatMap(
                                i -> pace.step(
                                        partials + 1,
                                        () -> events.partial(
                                                i,
                                                picture.preview(i, partials, order.format(), order.compression()),
                                                order.format())),
                                1),
                pace.step(partials + 1, () -> completed(order, events, picture, partials)));
    }

    private Flux<Event> markup(Order order, Events events, Picture picture) {
        var chunks = picture.markup().chunks();
        int steps = chunks.size() + 1;
        return Flux.concat(
                Mono.just(events.text("reasoning", picture.plan())),
                Flux.fromIterable(chunks).concatMap(text -> pace.step(steps, () -> events.text("content", text)), 1),
                pace.step(steps, () -> completed(order, events, picture, 0)));
    }

    private Event completed(Order order, Events events, Picture picture, int partials) {
        return events.completed(
                picture.encode(order.format(), order.compression()),
                order.format(),
                pace.seconds(),
                Bill.of(order, 1, partials));
    }

    private static Picture picture(Order order, int number) {
        return Picture.of(new Commission(
                order.prompt(),
                order.seed() + number,
                order.size().width(),
                order.size().height(),
                order.transparent(),
                order.references()));
    }

    private Flux<Frame> alive(Flux<Frame> frames) {
        return frames.publish(
                shared -> Flux.merge(
                        shared,
                        pace.ticks().<Frame>map(tick -> new Comment("")).takeUntilOther(shared.ignoreElements())),
                1);
    }

    private void close(Generation generation, Bill bill, SignalType signal) {
        boolean cancelled = signal == SignalType.CANCEL;
        ledger.close(generation, cancelled ? null : bill, cancelled, now());
    }

    private Instant now() {
        return Instant.ofEpochMilli(pace.millis());
    }
}
