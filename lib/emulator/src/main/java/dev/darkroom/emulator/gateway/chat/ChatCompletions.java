package dev.darkroom.emulator.gateway.chat;

import dev.darkroom.emulator.gateway.common.AdmissionCheck;
import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.ErrorContext;
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
 * Chat completions with images: OpenRouter's, and those of relays which offer nothing else. The model asked for decides
 * where the images stand: in {@code images} beside the text, within it as Markdown, or among the parts of the content; as
 * {@code data:} URLs or as URLs.
 *
 * @see <a href="https://openrouter.ai/docs/features/multimodal/image-generation">OpenRouter, image generation</a>
 */
public final class ChatCompletions implements Protocol {

    private static final String COMPLETIONS = "/chat/completions";

    private final RequestRules rules;
    private final Generator generator;
    private final AdmissionCheck admission;

    /**
     * A gateway which was asked nothing yet.
     *
     * @param context what it is made of
     */
    public ChatCompletions(GatewayContext context) {
        this.rules = new RequestRules(context.seed());
        this.generator = new Generator(context.renderer(), context.pictures(), new IdGenerator(context.seed()));
        this.admission = context.admission();
    }

    @Override
    public String prefix() {
        return "/chat-completions/v1";
    }

    @Override
    public List<String> models() {
        return Model.ids();
    }

    @Override
    public boolean isGeneration(String method, String route) {
        return method.equals("POST") && route.equals(COMPLETIONS);
    }

    @Override
    public Mono<Reply> answer(Call call) {
        var errors = errors(call);
        if (call.method().equals("GET") && call.route().equals("/models")) {
            return Mono.just(Json.reply(200, Model.listing()));
        }
        if (!isGeneration(call.method(), call.route())) {
            return Mono.just(errors.notFound());
        }
        var apiKey = ApiKey.of(call, errors::noKey, errors::invalidKey);
        var request = rules.read(call);
        admission.check(apiKey, request.prompt(), 1, error -> faultReply(error, call));
        return generator.reply(request, call);
    }

    @Override
    public Optional<Reply> faultReply(ErrorContext error, Call call) {
        return new FaultReplies(call.fieldText("model"), errors(call), error).reply();
    }

    @Override
    public Reply errorReply(int status, String message) {
        return new Errors(true).error(status, "", message);
    }

    /** The shape of errors is that of who offers the model. */
    private static Errors errors(Call call) {
        return new Errors(Model.find(call.fieldText("model")).map(Model::router).orElse(true));
    }
}
