package dev.darkroom.emulator.gateway.azure;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.GatewayContext;
import dev.darkroom.emulator.gateway.common.IdGenerator;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.Protocol;
import dev.darkroom.emulator.gateway.common.Timing;
import dev.darkroom.emulator.gateway.common.openai.ImagesApi;
import dev.darkroom.emulator.gateway.common.openai.Model;
import dev.darkroom.emulator.gateway.common.responses.Flavour;
import dev.darkroom.emulator.gateway.common.responses.ResponsesApi;
import dev.darkroom.emulator.journal.Background;
import dev.darkroom.emulator.journal.RouteKind;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/**
 * Azure OpenAI: generations, edits and responses below {@code /openai/v1} and below {@code /openai/deployments/NAME}. Each model is deployed
 * under its own name.
 *
 * @see <a href="https://learn.microsoft.com/azure/ai-foundry/openai/how-to/dall-e">Azure, image generation</a>
 */
public final class Azure implements Protocol {

    private static final List<String> FORMATS = List.of("png", "jpeg");
    private static final Duration WALL = Duration.ofSeconds(122);

    private final ImagesApi images;
    private final ResponsesApi responses;
    private final Timing timing;
    private final AzureWords words;
    private final IdGenerator ids;

    /**
     * A gateway which was asked nothing yet.
     *
     * @param context what it is made of
     */
    public Azure(GatewayContext context) {
        this.timing = context.renderer().timing();
        this.words = new AzureWords(timing);
        this.images = new ImagesApi(context, FORMATS, words);
        this.responses = new ResponsesApi(
                context, new Flavour(words, Flavour.MODELS, List.of("image_generation"), FORMATS, true, true, ""));
        this.ids = new IdGenerator(context.seed());
    }

    @Override
    public String prefix() {
        return "/azure/openai";
    }

    @Override
    public String basePath() {
        return "/azure/openai/v1";
    }

    /** The one the pages speak of first. */
    @Override
    public List<String> models() {
        return Stream.concat(Stream.of("gpt-image-2"), Model.ids().stream())
                .distinct()
                .toList();
    }

    @Override
    public boolean isGeneration(String method, String route) {
        return routeKind(method, route) == RouteKind.GENERATION;
    }

    @Override
    public RouteKind routeKind(String method, String route) {
        var to = Route.of(route);
        return to.makesImages() && method.equals("POST")
                ? RouteKind.GENERATION
                : responses.routeKind(method, to.path());
    }

    @Override
    public Mono<Reply> answer(Call call) {
        var apiKey = Credentials.of(call);
        var route = Route.of(call);
        if (responses.routeKind(call.method(), route.path()) != RouteKind.OTHER) {
            return responses.answer(apiKey, call, route.path());
        }
        if (!isGeneration(call.method(), call.route())) {
            return Mono.just(route.path().equals("/models") ? listing() : Errors.notFound());
        }
        var made = Mono.defer(() -> images.generate(apiKey, call, route.isEdit(), route.deployment()));
        boolean streams = call.json() != null
                ? call.json().path("stream").asBoolean(false)
                : call.fieldText("stream").equals("true");
        return call.fault().is(Fault.TWO_MINUTE_WALL) && !streams ? gaveUp(call, made) : made;
    }

    @Override
    public Optional<Reply> faultReply(ErrorContext error, Call call) {
        return responses
                .faultReply(error, Route.of(call.route()).path())
                .or(() -> words.refusal(call.fieldText("model"), error));
    }

    @Override
    public Reply errorReply(int status, String message) {
        return Errors.error(status, Integer.toString(status), message);
    }

    @Override
    public Reply withCommonHeaders(Reply reply) {
        var id = ids.hex(32);
        return reply.header("apim-request-id", id)
                .header("x-request-id", id)
                .header("x-ms-region", "Emulator")
                .header("x-content-type-options", "nosniff");
    }

    /** The front door gives up, in which words is a guess; what is behind it does not hear of that, and finishes its work. */
    private Mono<Reply> gaveUp(Call call, Mono<Reply> made) {
        var counter = call.imageCounter();
        counter.goOn();
        var unused =
                made.subscribe(reply -> counter.end(Background.FINISHED), failure -> counter.end(Background.FAILED));
        var lasting = call.fault().lasting();
        return Mono.delay(lasting == null ? WALL : lasting, timing.time()).map(late -> Errors.timeout());
    }

    private Reply listing() {
        var json = Json.object().put("object", "list");
        var data = json.putArray("data");
        models().forEach(model ->
                data.addObject().put("id", model).put("object", "model").put("status", "succeeded"));
        return Json.reply(200, json);
    }
}
