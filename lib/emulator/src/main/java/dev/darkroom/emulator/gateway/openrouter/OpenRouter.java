package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.AdmissionCheck;
import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.GatewayContext;
import dev.darkroom.emulator.gateway.common.Protocol;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.journal.BillingRule;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * OpenRouter's Image API.
 *
 * @see <a href="https://openrouter.ai/docs/guides/overview/multimodal/image-generation">OpenRouter, image
 *     generation</a>
 */
public final class OpenRouter implements Protocol {

    private static final String IMAGES = "/images";
    private static final Pattern ENDPOINTS = Pattern.compile("/images/models/([^/]+/[^/]+)/endpoints");

    private final Catalogue catalogue = Catalogue.load();
    private final RequestRules rules;
    private final Generator generator;
    private final GenerationStore generations;
    private final AdmissionCheck admission;

    /**
     * A gateway which was asked nothing yet.
     *
     * @param context what it is made of
     */
    public OpenRouter(GatewayContext context) {
        this.rules = new RequestRules(catalogue, context.seed());
        this.generations = new GenerationStore(context.seed());
        this.generator = new Generator(context.renderer(), generations);
        this.admission = context.admission();
    }

    @Override
    public String prefix() {
        return "/openrouter/api/v1";
    }

    @Override
    public List<String> models() {
        return catalogue.ids();
    }

    @Override
    public boolean isGeneration(String method, String route) {
        return method.equals("POST") && route.equals(IMAGES);
    }

    /** The guide says that a generation which does not complete is not billed. */
    @Override
    public BillingRule billingRule() {
        return BillingRule.DELIVERED;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        if (isGeneration(call.method(), call.route())) {
            return generate(call);
        }
        if (call.method().equals("OPTIONS")) {
            return Mono.just(CorsPreflight.reply());
        }
        return Mono.just(call.method().equals("GET") ? read(call) : notFound());
    }

    @Override
    public Optional<Reply> faultReply(ErrorContext error, Call call) {
        var model = call.fieldText("model");
        var provider = catalogue.find(model).map(Model::provider).orElse("Emulator");
        return Optional.of(new FaultReplies(model, provider, call.fieldText("prompt"), error).reply());
    }

    @Override
    public Reply errorReply(int status, String message) {
        return Errors.error(status, message);
    }

    private Reply read(Call call) {
        if (call.route().equals("/images/models")) {
            return Replies.json(200, catalogue.listing());
        }
        if (call.route().equals("/generation")) {
            var unused = apiKey(call);
            return Optional.ofNullable(call.query().get("id"))
                    .flatMap(generations::find)
                    .map(generation -> Replies.json(200, generation.json()))
                    .orElseGet(() -> Errors.error(404, "Generation not found"));
        }
        var endpoints = ENDPOINTS.matcher(call.route());
        return endpoints.matches()
                ? catalogue
                        .find(endpoints.group(1))
                        .map(model -> Replies.json(200, model.endpoints()))
                        .orElseGet(OpenRouter::notFound)
                : notFound();
    }

    private Mono<Reply> generate(Call call) {
        var apiKey = apiKey(call);
        var request = rules.read(RequestFields.of(call.json(), new FieldErrors()));
        admission.check(apiKey, request.prompt(), 1, error -> faultReply(error, call));
        return generator.reply(request, call);
    }

    private static ApiKey apiKey(Call call) {
        return ApiKey.of(
                call,
                () -> Errors.error(401, "No cookie auth credentials found"),
                () -> Errors.error(401, "User not found."));
    }

    private static Reply notFound() {
        return Errors.error(404, "Resource not found");
    }
}
