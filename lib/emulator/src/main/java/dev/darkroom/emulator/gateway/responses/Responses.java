package dev.darkroom.emulator.gateway.responses;

import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.GatewayContext;
import dev.darkroom.emulator.gateway.common.IdGenerator;
import dev.darkroom.emulator.gateway.common.Protocol;
import dev.darkroom.emulator.gateway.common.openai.Errors;
import dev.darkroom.emulator.gateway.common.openai.Model;
import dev.darkroom.emulator.gateway.common.openai.OpenAiWords;
import dev.darkroom.emulator.gateway.common.openai.Words;
import dev.darkroom.emulator.gateway.common.responses.Flavour;
import dev.darkroom.emulator.gateway.common.responses.ResponsesApi;
import dev.darkroom.emulator.journal.RouteKind;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * OpenAI's Responses API with its image tool: at OpenAI it stands beside the Images API, here it has a place of its own.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses">OpenAI, responses</a>
 */
public final class Responses implements Protocol {

    private final Words words = new OpenAiWords("/v1/responses");
    private final ResponsesApi responses;
    private final IdGenerator ids;

    /**
     * A gateway which was asked nothing yet.
     *
     * @param context what it is made of
     */
    public Responses(GatewayContext context) {
        this.responses = new ResponsesApi(
                context,
                new Flavour(words, Flavour.MODELS, List.of("image_generation"), Model.FORMATS, true, false, ""));
        this.ids = new IdGenerator(context.seed());
    }

    @Override
    public String prefix() {
        return "/openai-responses/v1";
    }

    @Override
    public List<String> models() {
        return Flavour.MODELS;
    }

    @Override
    public boolean isGeneration(String method, String route) {
        return routeKind(method, route) == RouteKind.GENERATION;
    }

    @Override
    public RouteKind routeKind(String method, String route) {
        return responses.routeKind(method, route);
    }

    @Override
    public Mono<Reply> answer(Call call) {
        var apiKey = ApiKey.of(call, Errors::missingKey, Errors::invalidKey);
        return routeKind(call.method(), call.route()) == RouteKind.OTHER
                ? Mono.just(Errors.notFound(call.method(), "/v1" + call.route()))
                : responses.answer(apiKey, call, call.route());
    }

    @Override
    public Optional<Reply> faultReply(ErrorContext error, Call call) {
        return responses.faultReply(error, call.route()).or(() -> words.refusal(call.fieldText("model"), error));
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
}
