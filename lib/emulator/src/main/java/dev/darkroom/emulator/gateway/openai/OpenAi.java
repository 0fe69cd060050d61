package dev.darkroom.emulator.gateway.openai;

import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.GatewayContext;
import dev.darkroom.emulator.gateway.common.IdGenerator;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.Protocol;
import dev.darkroom.emulator.gateway.common.openai.Errors;
import dev.darkroom.emulator.gateway.common.openai.ImagesApi;
import dev.darkroom.emulator.gateway.common.openai.Model;
import dev.darkroom.emulator.gateway.common.openai.OpenAiWords;
import dev.darkroom.emulator.gateway.common.openai.Words;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's Images API: generations, edits (multipart and JSON), and the list of models.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/images">OpenAI, images</a>
 */
public final class OpenAi implements Protocol {

    private static final String GENERATIONS = "/images/generations";
    private static final String EDITS = "/images/edits";
    private static final String MODELS = "/models";

    private final Words words = new OpenAiWords("/v1" + GENERATIONS);
    private final ImagesApi images;
    private final IdGenerator ids;

    /**
     * A gateway which was asked nothing yet.
     *
     * @param context what it is made of
     */
    public OpenAi(GatewayContext context) {
        this.images = new ImagesApi(context, Model.FORMATS, words);
        this.ids = new IdGenerator(context.seed());
    }

    @Override
    public String prefix() {
        return "/openai/v1";
    }

    @Override
    public List<String> models() {
        return Model.ids();
    }

    @Override
    public boolean isGeneration(String method, String route) {
        return method.equals("POST") && (route.equals(GENERATIONS) || route.equals(EDITS));
    }

    @Override
    public Mono<Reply> answer(Call call) {
        var apiKey = ApiKey.of(call, Errors::missingKey, Errors::invalidKey);
        if (isGeneration(call.method(), call.route())) {
            return images.generate(apiKey, call, call.route().equals(EDITS), null);
        }
        boolean reading = call.method().equals("GET") && call.route().startsWith(MODELS);
        return Mono.just(reading ? models(call) : Errors.notFound(call.method(), "/v1" + call.route()));
    }

    @Override
    public Optional<Reply> faultReply(ErrorContext error, Call call) {
        return words.refusal(call.fieldText("model"), error);
    }

    @Override
    public Reply errorReply(int status, String message) {
        return Errors.error(status, message, "invalid_request_error", null, null);
    }

    /** With the headers every recorded answer has. */
    @Override
    public Reply withCommonHeaders(Reply reply) {
        return reply.header("x-request-id", "req_" + ids.hex(32))
                .header("openai-version", "2020-10-01")
                .header("openai-organization", "org-emulator")
                .header("openai-processing-ms", "1");
    }

    private static Reply models(Call call) {
        if (call.route().equals(MODELS)) {
            var json = Json.object().put("object", "list");
            var data = json.putArray("data");
            Model.ALL.forEach(model -> data.add(json(model)));
            return Json.reply(200, json);
        }
        var id = call.route().substring(MODELS.length() + 1);
        return Model.find(id).map(model -> Json.reply(200, json(model))).orElseGet(() -> Errors.modelNotFound(id));
    }

    private static ObjectNode json(Model model) {
        return Json.object()
                .put("id", model.id())
                .put("object", "model")
                .put("created", model.created())
                .put("owned_by", "system");
    }
}
