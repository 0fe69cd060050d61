package dev.darkroom.emulator.minimax;

import dev.darkroom.emulator.desk.Counter;
import dev.darkroom.emulator.desk.Entrance;
import dev.darkroom.emulator.desk.Gallery;
import dev.darkroom.emulator.desk.Guest;
import dev.darkroom.emulator.desk.Job;
import dev.darkroom.emulator.desk.Odd;
import dev.darkroom.emulator.desk.Studio;
import dev.darkroom.emulator.desk.Tongue;
import dev.darkroom.emulator.desk.Trouble;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Dialect.Script;
import dev.darkroom.emulator.server.Reply;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * MiniMax's H3 image API: generations and edits. A client which goes away pays for all images, and a second request for them
 * again: nothing here is idempotent.
 *
 * @see <a href="https://platform.minimax.io/docs/api-reference/image-generation-h3-streaming">MiniMax, streaming events</a>
 */
public final class MiniMax implements Tongue {

    private static final String GENERATIONS = "/images/generations";
    private static final Duration ALIVE = Duration.ofSeconds(15);
    private static final String EDITS = "/images/edits";

    private final OrderRules rules = new OrderRules();
    private final Studio studio;
    private final Gallery gallery;
    private final long seed;
    private final Entrance entrance;

    /**
     * A service without a past.
     *
     * @param studio where pictures are made
     * @param gallery where their URLs lead to
     * @param entrance who may have some
     * @param seed of pictures
     */
    public MiniMax(Studio studio, Gallery gallery, Entrance entrance, long seed) {
        this.studio = studio;
        this.gallery = gallery;
        this.seed = seed;
        this.entrance = entrance;
    }

    @Override
    public String prefix() {
        return "/minimax/v1";
    }

    @Override
    public Script script(String method, String route) {
        return isGeneration(method, route) ? Script.GENERATIONS : Script.NONE;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        var guest = Guest.of(call, Errors::noKey, Errors::badKey);
        if (!isGeneration(call.method(), call.route())) {
            return Mono.just(Errors.notFound());
        }
        var order = rules.read(call, call.route().equals(EDITS));
        entrance.admit(guest, order.prompt(), 1, trouble -> refusal(trouble, call));
        return make(order, call);
    }

    @Override
    public Optional<Reply> refusal(Trouble trouble, Call call) {
        return new Refusals(call.said("model"), trouble).reply();
    }

    @Override
    public Reply error(int status, String message) {
        return Errors.error(status, "bad_request_error", message);
    }

    /**
     * Images are finished out of order, the last one first. The head of a stream comes with its first image or its first
     * keep-alive, whichever is earlier; no {@code [DONE]} ends it.
     */
    private Mono<Reply> make(Order order, Call call) {
        var job = Job.of(call, order.prompt(), seed, order.size(), order.references(), order.format(), order.n())
                .lastFirst();
        var wording = new Wording(order, job, gallery, new Odd(call.fault().fault()));
        var counter = new Counter(studio);
        return job.streams(order.stream(), true)
                ? Mono.just(counter.series(
                        job,
                        order.base64(),
                        wording,
                        frames -> studio.pace().of(call).alive(frames, ALIVE, "keepalive")))
                : counter.document(job, order.base64(), wording);
    }

    private static boolean isGeneration(String method, String route) {
        return method.equals("POST") && (route.equals(GENERATIONS) || route.equals(EDITS));
    }
}
