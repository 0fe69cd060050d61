package dev.darkroom.emulator.gateway.minimax;

import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.GatewayContext;
import dev.darkroom.emulator.gateway.common.Protocol;
import dev.darkroom.emulator.gateway.common.RenderJob;
import dev.darkroom.emulator.gateway.common.ReplyBuilder;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * MiniMax's H3 image API: generations and edits. A client which goes away pays for all images, and a second request for them
 * again: nothing here is idempotent.
 *
 * @see <a href="https://platform.minimax.io/docs/api-reference/image-generation-h3-streaming">MiniMax, streaming events</a>
 */
public final class MiniMax implements Protocol {

    private static final String GENERATIONS = "/images/generations";
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    private static final String EDITS = "/images/edits";

    private final RequestRules rules = new RequestRules();
    private final GatewayContext context;

    /**
     * A gateway which was asked nothing yet.
     *
     * @param context what it is made of
     */
    public MiniMax(GatewayContext context) {
        this.context = context;
    }

    @Override
    public String prefix() {
        return "/minimax/v1";
    }

    @Override
    public List<String> models() {
        return RequestRules.MODELS;
    }

    @Override
    public boolean isGeneration(String method, String route) {
        return method.equals("POST") && (route.equals(GENERATIONS) || route.equals(EDITS));
    }

    @Override
    public Mono<Reply> answer(Call call) {
        var apiKey = ApiKey.of(call, Errors::missingKey, Errors::invalidKey);
        if (!isGeneration(call.method(), call.route())) {
            return Mono.just(Errors.notFound());
        }
        var request = rules.read(call, call.route().equals(EDITS));
        context.admission().check(apiKey, request.prompt(), 1, error -> faultReply(error, call));
        return make(request, call);
    }

    @Override
    public Optional<Reply> faultReply(ErrorContext error, Call call) {
        return new FaultReplies(call.fieldText("model"), error).reply();
    }

    @Override
    public Reply errorReply(int status, String message) {
        return Errors.error(status, "bad_request_error", message);
    }

    /**
     * Images are finished out of order, the last one first. The head of a stream comes with its first image or its first
     * keep-alive, whichever is earlier; no {@code [DONE]} ends it.
     */
    private Mono<Reply> make(ImageRequest request, Call call) {
        var job = RenderJob.of(
                        call,
                        request.prompt(),
                        context.seed(),
                        request.size(),
                        request.references(),
                        request.format(),
                        request.n())
                .lastFirst();
        var replyJson = new ReplyJson(
                request, job, context.pictures(), new FieldFaults(call.fault().fault()));
        var replies = new ReplyBuilder(context.renderer());
        return job.streams(request.stream(), true)
                ? Mono.just(replies.stream(
                        job,
                        request.base64(),
                        replyJson,
                        frames -> context.renderer()
                                .timing()
                                .forCall(call)
                                .withKeepAlive(frames, KEEP_ALIVE, "keepalive")))
                : replies.document(job, request.base64(), replyJson);
    }
}
