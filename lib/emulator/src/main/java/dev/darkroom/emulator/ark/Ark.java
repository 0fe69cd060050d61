package dev.darkroom.emulator.ark;

import dev.darkroom.emulator.desk.Counter;
import dev.darkroom.emulator.desk.Entrance;
import dev.darkroom.emulator.desk.Gallery;
import dev.darkroom.emulator.desk.Guest;
import dev.darkroom.emulator.desk.Job;
import dev.darkroom.emulator.desk.Odd;
import dev.darkroom.emulator.desk.Studio;
import dev.darkroom.emulator.desk.Tongue;
import dev.darkroom.emulator.desk.Trouble;
import dev.darkroom.emulator.journal.Charge;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Dialect.Script;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * ByteDance's Ark: Seedream, streamed image by image.
 *
 * @see <a href="https://docs.byteplus.com/en/docs/ModelArk/1541523">BytePlus, image generation API</a>
 */
public final class Ark implements Tongue {

    private static final String GENERATIONS = "/images/generations";

    private final OrderRules rules;
    private final Counter counter;
    private final Gallery gallery;
    private final Entrance entrance;

    /**
     * A service without a past.
     *
     * @param studio where pictures are made
     * @param gallery where their URLs lead to
     * @param entrance who may have some
     * @param seed of pictures whose request names none
     */
    public Ark(Studio studio, Gallery gallery, Entrance entrance, long seed) {
        this.rules = new OrderRules(seed);
        this.counter = new Counter(studio);
        this.gallery = gallery;
        this.entrance = entrance;
    }

    @Override
    public String prefix() {
        return "/ark/api/v3";
    }

    @Override
    public Script script(String method, String route) {
        return isGeneration(method, route) ? Script.GENERATIONS : Script.NONE;
    }

    /** A cancelled stream is billed for what was made. */
    @Override
    public Charge charge() {
        return Charge.MADE;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        var guest = Guest.of(call, Errors::badKey, Errors::badKey);
        if (!isGeneration(call.method(), call.route())) {
            return Mono.just(error(404, "The resource does not exist."));
        }
        var order = rules.read(call);
        entrance.admit(guest, order.prompt(), order.images(), trouble -> refusal(trouble, call));
        return make(order, call);
    }

    @Override
    public Optional<Reply> refusal(Trouble trouble, Call call) {
        return new Refusals(call.said("model"), trouble).reply();
    }

    @Override
    public Reply error(int status, String message) {
        return Errors.error(status, status == 404 ? "NotFound" : "BadRequest", message, "", "BadRequest");
    }

    @Override
    public Reply labelled(Reply reply) {
        return reply.header("x-request-id", Errors.REQUEST_ID);
    }

    /** The head of a stream comes with its first event: when the first image is done, as measured. */
    private Mono<Reply> make(Order order, Call call) {
        var job = Job.of(
                call, order.prompt(), order.seed(), order.size(), order.references(), order.format(), order.images());
        var wording = new Wording(order, job, gallery, new Odd(call.fault().fault()));
        return job.streams(order.stream(), true)
                ? Mono.just(counter.series(job, order.base64(), wording, UnaryOperator.identity()))
                : counter.document(job, order.base64(), wording);
    }

    private static boolean isGeneration(String method, String route) {
        return method.equals("POST") && route.equals(GENERATIONS);
    }
}
