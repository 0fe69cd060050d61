package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.AdmissionCheck;
import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.GatewayContext;
import dev.darkroom.emulator.gateway.common.Protocol;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.gateway.common.Timing;
import dev.darkroom.emulator.gateway.common.responses.Flavour;
import dev.darkroom.emulator.gateway.common.responses.ResponsesApi;
import dev.darkroom.emulator.journal.BillingRule;
import dev.darkroom.emulator.journal.RouteKind;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import dev.darkroom.emulator.server.Reply.Content;
import java.time.Duration;
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
    private static final String GENERATION = "/generation";
    private static final String RESPONSES = "/responses";
    private static final List<String> CONVERSING =
            Flavour.MODELS.stream().map(model -> "openai/" + model).toList();
    private static final List<String> TOOLS = List.of("image_generation", "openrouter:image_generation");
    private static final List<String> FORMATS = List.of("png", "jpeg", "webp");
    private static final String PROCESSING = "OPENROUTER PROCESSING";
    private static final Duration KEEP_ALIVE = Duration.ofMillis(500);
    private static final Pattern ENDPOINTS = Pattern.compile("/images/models/([^/]+/[^/]+)/endpoints");

    private final Catalogue catalogue = Catalogue.load();
    private final RequestRules rules;
    private final Generator generator;
    private final Timing timing;
    private final GenerationStore generations;
    private final AdmissionCheck admission;
    private final ResponsesApi responses;

    /**
     * A gateway which was asked nothing yet.
     *
     * @param context what it is made of
     */
    public OpenRouter(GatewayContext context) {
        this.timing = context.renderer().timing();
        this.rules = new RequestRules(catalogue, context.seed());
        this.generations = new GenerationStore(context.seed(), timing.lookupDelay());
        this.generator = new Generator(context.renderer(), generations);
        this.admission = context.admission();
        this.responses = new ResponsesApi(
                context, new Flavour(new RoutedWords(), CONVERSING, TOOLS, FORMATS, false, false, "openai/"));
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
        return method.equals("POST") && (route.equals(IMAGES) || route.equals(RESPONSES));
    }

    @Override
    public RouteKind routeKind(String method, String route) {
        if (isGeneration(method, route)) {
            return RouteKind.GENERATION;
        }
        return method.equals("GET") && route.equals(GENERATION) ? RouteKind.LOOKUP : RouteKind.OTHER;
    }

    /** The guide says that a generation which does not complete is not billed. */
    @Override
    public BillingRule billingRule() {
        return BillingRule.DELIVERED;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        if (isGeneration(call.method(), call.route())) {
            return call.route().equals(RESPONSES) ? respond(call) : generate(call);
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
        if (call.route().equals(GENERATION)) {
            var unused = apiKey(call);
            return Optional.ofNullable(call.query().get("id"))
                    .flatMap(id -> generations.find(id, timing.now()))
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

    private Mono<Reply> respond(Call call) {
        return responses
                .answer(apiKey(call), call, call.route())
                .map(reply -> reply.content() instanceof Content.Stream stream
                        ? new Reply(
                                reply.status(),
                                reply.headers(),
                                new Content.Stream(
                                        timing.forCall(call).withKeepAlive(stream.frames(), KEEP_ALIVE, PROCESSING),
                                        stream.named(),
                                        stream.late()))
                        : reply);
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
