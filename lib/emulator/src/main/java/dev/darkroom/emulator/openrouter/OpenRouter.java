package dev.darkroom.emulator.openrouter;

import dev.darkroom.emulator.desk.Entrance;
import dev.darkroom.emulator.desk.Form;
import dev.darkroom.emulator.desk.Guest;
import dev.darkroom.emulator.desk.Studio;
import dev.darkroom.emulator.desk.Tongue;
import dev.darkroom.emulator.desk.Trouble;
import dev.darkroom.emulator.journal.Charge;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Dialect.Script;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * OpenRouter's Image API.
 *
 * @see <a href="https://openrouter.ai/docs/guides/overview/multimodal/image-generation">OpenRouter, image
 *     generation</a>
 */
public final class OpenRouter implements Tongue {

    private static final String IMAGES = "/images";
    private static final Pattern ENDPOINTS = Pattern.compile("/images/models/([^/]+/[^/]+)/endpoints");

    private final Catalogue catalogue = Catalogue.load();
    private final OrderRules rules;
    private final Generator generator;
    private final Ledger ledger;
    private final Entrance entrance;

    /**
     * A router without a past.
     *
     * @param studio where pictures are made
     * @param entrance who may have some
     * @param seed of generation ids, and of pictures whose request names no seed
     */
    public OpenRouter(Studio studio, Entrance entrance, long seed) {
        this.rules = new OrderRules(catalogue, seed);
        this.ledger = new Ledger(seed);
        this.generator = new Generator(studio, ledger);
        this.entrance = entrance;
    }

    @Override
    public String prefix() {
        return "/openrouter/api/v1";
    }

    @Override
    public Script script(String method, String route) {
        return isGeneration(method, route) ? Script.GENERATIONS : Script.NONE;
    }

    /** The guide says that a generation which does not complete is not billed. */
    @Override
    public Charge charge() {
        return Charge.DELIVERED;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        if (isGeneration(call.method(), call.route())) {
            return generate(call);
        }
        if (call.method().equals("OPTIONS")) {
            return Mono.just(Preflight.reply());
        }
        return Mono.just(call.method().equals("GET") ? read(call) : notFound());
    }

    @Override
    public Optional<Reply> refusal(Trouble trouble, Call call) {
        var model = call.said("model");
        var provider = catalogue.find(model).map(Model::provider).orElse("Emulator");
        return Optional.of(new Refusals(model, provider, call.said("prompt"), trouble).reply());
    }

    @Override
    public Reply error(int status, String message) {
        return Errors.error(status, message);
    }

    private static boolean isGeneration(String method, String route) {
        return method.equals("POST") && route.equals(IMAGES);
    }

    private Reply read(Call call) {
        if (call.route().equals("/images/models")) {
            return Answers.json(200, catalogue.listing());
        }
        if (call.route().equals("/generation")) {
            var unused = guest(call);
            return Optional.ofNullable(call.query().get("id"))
                    .flatMap(ledger::find)
                    .map(generation -> Answers.json(200, generation.json()))
                    .orElseGet(() -> Errors.error(404, "Generation not found"));
        }
        var endpoints = ENDPOINTS.matcher(call.route());
        return endpoints.matches()
                ? catalogue
                        .find(endpoints.group(1))
                        .map(model -> Answers.json(200, model.endpoints()))
                        .orElseGet(OpenRouter::notFound)
                : notFound();
    }

    private Mono<Reply> generate(Call call) {
        var guest = guest(call);
        var order = rules.read(Form.of(call.json(), new Complaints()));
        entrance.admit(guest, order.prompt(), 1, trouble -> refusal(trouble, call));
        return generator.reply(order, call);
    }

    private static Guest guest(Call call) {
        return Guest.of(
                call,
                () -> Errors.error(401, "No cookie auth credentials found"),
                () -> Errors.error(401, "User not found."));
    }

    private static Reply notFound() {
        return Errors.error(404, "Resource not found");
    }
}
