package dev.darkroom.emulator.openrouter;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.Fault.Kind;
import dev.darkroom.emulator.quota.Turnstile;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Dialect;
import dev.darkroom.emulator.server.Reply;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * OpenRouter's Image API.
 *
 * @see <a href="https://openrouter.ai/docs/guides/overview/multimodal/image-generation">OpenRouter, image
 *     generation</a>
 */
public final class OpenRouter implements Dialect {

    private static final String IMAGES = "/images";
    private static final Pattern ENDPOINTS = Pattern.compile("/images/models/([^/]+/[^/]+)/endpoints");
    private static final Pattern FLAGGED = Pattern.compile("(?i)\\b(gore|nsfw)\\b");

    private final Catalogue catalogue = Catalogue.load();
    private final OrderRules rules;
    private final Generator generator;
    private final Ledger ledger;
    private final Pace pace;
    private final @Nullable Turnstile turnstile;
    private final Fault quotaFault;

    /**
     * A router without a past.
     *
     * @param pace when things happen
     * @param seed of generation ids, and of pictures whose request names no seed
     * @param turnstile what a key may do, null for anything
     * @param quotaFault how a spent quota is refused: one of the {@code RATE_LIMIT} faults
     */
    public OpenRouter(Pace pace, long seed, @Nullable Turnstile turnstile, Fault quotaFault) {
        this.pace = pace;
        this.rules = new OrderRules(catalogue, seed);
        this.ledger = new Ledger(seed);
        this.generator = new Generator(pace, ledger);
        this.turnstile = turnstile;
        this.quotaFault = quotaFault;
    }

    @Override
    public String prefix() {
        return "/openrouter/api/v1";
    }

    @Override
    public boolean isGeneration(String method, String route) {
        return method.equals("POST") && route.equals(IMAGES);
    }

    @Override
    public Mono<Reply> answer(Call call) {
        return Mono.defer(() -> call.fault().fault().kind() == Kind.REFUSAL
                        ? Mono.just(refusals(call).of(call.fault()))
                        : route(call))
                .onErrorResume(Refusal.class, refusal -> Mono.just(refusal.reply()));
    }

    @Override
    public Reply refusal(int status, String message) {
        return Errors.error(status, message);
    }

    private Mono<Reply> route(Call call) {
        if (isGeneration(call.method(), call.route())) {
            return generate(call);
        }
        if (call.method().equals("OPTIONS")) {
            return Mono.just(Preflight.reply());
        }
        return Mono.just(call.method().equals("GET") ? read(call) : notFound());
    }

    private Reply read(Call call) {
        if (call.route().equals("/images/models")) {
            return Answers.json(200, catalogue.listing());
        }
        if (call.route().equals("/generation")) {
            Access.key(call);
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
        String key = Access.key(call);
        var order = rules.read(Form.of(call.json()));
        var refusals = new Refusals(order.model().id(), order.model().provider(), order.prompt(), now());
        switch (key) {
            case "sk-emulator-broke" -> throw new Refusal(refusals.of(Fault.CREDITS.once()));
            case "sk-emulator-busy" -> throw new Refusal(refusals.of(Fault.IN_FLIGHT_BUDGET.once()));
            case "sk-emulator-limited" -> throw new Refusal(refusals.of(Fault.FORBIDDEN.once()));
            default -> {}
        }
        if (FLAGGED.matcher(order.prompt()).find()) {
            throw new Refusal(refusals.of(Fault.MODERATION.once()));
        }
        if (turnstile != null) {
            var wait = turnstile.pass(key);
            if (!wait.isZero()) {
                throw new Refusal(refusals.of(
                        quotaFault.retryAfter(wait), turnstile.quota().permits()));
            }
        }
        return generator.reply(order, call.fault());
    }

    private Refusals refusals(Call call) {
        var json = call.json() == null ? Json.object() : call.json();
        String model = json.path("model").asString("");
        var provider = catalogue.find(model).map(Model::provider).orElse("Emulator");
        return new Refusals(model, provider, json.path("prompt").asString(""), now());
    }

    private Instant now() {
        return Instant.ofEpochMilli(pace.millis());
    }

    private static Reply notFound() {
        return Errors.error(404, "Resource not found");
    }
}
