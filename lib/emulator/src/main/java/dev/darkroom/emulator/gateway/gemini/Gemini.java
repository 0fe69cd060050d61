package dev.darkroom.emulator.gateway.gemini;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.AdmissionCheck;
import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.GatewayContext;
import dev.darkroom.emulator.gateway.common.IdGenerator;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.Protocol;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Google's Gemini API: {@code generateContent} and {@code streamGenerateContent} of the image models, at AI Studio (a key
 * in {@code x-goog-api-key} or {@code ?key=}) and at Vertex AI (a project's path and a bearer token).
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Google, generating content</a>
 */
public final class Gemini implements Protocol {

    private static final String MODELS = "/v1beta/models";

    private final RequestRules rules;
    private final Generator generator;
    private final AdmissionCheck admission;

    /**
     * A gateway which was asked nothing yet.
     *
     * @param context what it is made of
     */
    public Gemini(GatewayContext context) {
        this.rules = new RequestRules(context.seed());
        this.generator = new Generator(context.renderer(), new IdGenerator(context.seed()));
        this.admission = context.admission();
    }

    @Override
    public String prefix() {
        return "/gemini";
    }

    /** AI Studio's; Vertex AI is beside it. */
    @Override
    public String basePath() {
        return prefix() + "/v1beta";
    }

    @Override
    public List<String> models() {
        return Model.ids();
    }

    @Override
    public boolean isGeneration(String method, String route) {
        return method.equals("POST")
                && Endpoint.of(route).filter(Endpoint::makesImages).isPresent();
    }

    @Override
    public Mono<Reply> answer(Call call) {
        var endpoint = Endpoint.of(call.route());
        if (endpoint.isEmpty() || !isGeneration(call.method(), call.route())) {
            ApiKey unused = Credentials.of(call, false, false);
            return Mono.just(catalogue(call));
        }
        var apiKey =
                Credentials.of(call, endpoint.get().vertex(), endpoint.get().project());
        return generate(apiKey, endpoint.get(), call);
    }

    private Mono<Reply> generate(ApiKey apiKey, Endpoint endpoint, Call call) {
        var request = rules.read(call, endpoint);
        var form = Form.of(call, endpoint);
        admission.check(
                apiKey,
                request.prompt(),
                1,
                error -> error.fault() == Fault.MODERATION
                        ? Optional.of(generator.blocked(request, call, form))
                        : faultReply(error, call));
        return generator.reply(request, call, form);
    }

    /** The request need not be valid, so that a flagged prompt is looked for in what there is of it. */
    @Override
    public Optional<Reply> faultReply(ErrorContext error, Call call) {
        var endpoint = Endpoint.of(call.route());
        if (error.fault() == Fault.MODERATION && endpoint.isPresent()) {
            try {
                return Optional.of(
                        generator.blocked(rules.read(call, endpoint.get()), call, Form.of(call, endpoint.get())));
            } catch (ErrorReplyException e) {
                return Optional.of(Errors.invalid("Request contains an invalid argument."));
            }
        }
        return new FaultReplies(endpoint.map(Endpoint::model).orElse("unknown"), error).reply();
    }

    @Override
    public Reply errorReply(int status, String message) {
        var name = switch (status) {
            case 404 -> "NOT_FOUND";
            case 408 -> "DEADLINE_EXCEEDED";
            case 500 -> "INTERNAL";
            default -> "INVALID_ARGUMENT";
        };
        return Errors.error(status, name, message);
    }

    private static Reply catalogue(Call call) {
        if (call.method().equals("GET") && call.route().equals(MODELS)) {
            var json = Json.object();
            var list = json.putArray("models");
            Model.ids().forEach(id -> list.add(Model.find(id).orElseThrow().listing()));
            return Errors.reply(200, json);
        }
        if (call.method().equals("GET") && call.route().startsWith(MODELS + "/")) {
            var id = call.route().substring(MODELS.length() + 1);
            return Model.find(id)
                    .map(model -> Errors.reply(200, model.listing()))
                    .orElseGet(() -> Errors.modelNotFound(id));
        }
        return Errors.notFound();
    }
}
