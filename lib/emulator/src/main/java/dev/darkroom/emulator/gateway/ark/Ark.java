package dev.darkroom.emulator.gateway.ark;

import dev.darkroom.emulator.gateway.common.AdmissionCheck;
import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.GatewayContext;
import dev.darkroom.emulator.gateway.common.PictureStore;
import dev.darkroom.emulator.gateway.common.Protocol;
import dev.darkroom.emulator.gateway.common.RenderJob;
import dev.darkroom.emulator.gateway.common.ReplyBuilder;
import dev.darkroom.emulator.journal.BillingRule;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * ByteDance's Ark: Seedream, streamed image by image.
 *
 * @see <a href="https://docs.byteplus.com/en/docs/ModelArk/1541523">BytePlus, image generation API</a>
 */
public final class Ark implements Protocol {

    private static final String GENERATIONS = "/images/generations";

    private final RequestRules rules;
    private final ReplyBuilder replies;
    private final PictureStore pictures;
    private final AdmissionCheck admission;

    /**
     * A gateway which was asked nothing yet.
     *
     * @param context what it is made of
     */
    public Ark(GatewayContext context) {
        this.rules = new RequestRules(context.seed());
        this.replies = new ReplyBuilder(context.renderer());
        this.pictures = context.pictures();
        this.admission = context.admission();
    }

    @Override
    public String prefix() {
        return "/ark/api/v3";
    }

    @Override
    public List<String> models() {
        return Models.ids();
    }

    @Override
    public boolean isGeneration(String method, String route) {
        return method.equals("POST") && route.equals(GENERATIONS);
    }

    /** A cancelled stream is billed for what was made. */
    @Override
    public BillingRule billingRule() {
        return BillingRule.MADE;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        var apiKey = ApiKey.of(call, Errors::invalidKey, Errors::invalidKey);
        if (!isGeneration(call.method(), call.route())) {
            return Mono.just(errorReply(404, "The resource does not exist."));
        }
        var request = rules.read(call);
        admission.check(apiKey, request.prompt(), request.images(), error -> faultReply(error, call));
        return make(request, call);
    }

    @Override
    public Optional<Reply> faultReply(ErrorContext error, Call call) {
        return new FaultReplies(call.fieldText("model"), error).reply();
    }

    @Override
    public Reply errorReply(int status, String message) {
        return Errors.error(status, status == 404 ? "NotFound" : "BadRequest", message, "", "BadRequest");
    }

    @Override
    public Reply withCommonHeaders(Reply reply) {
        return reply.header("x-request-id", Errors.REQUEST_ID);
    }

    /** The head of a stream comes with its first event: when the first image is done, as measured. */
    private Mono<Reply> make(ImageRequest request, Call call) {
        var job = RenderJob.of(
                call,
                request.prompt(),
                request.seed(),
                request.size(),
                request.references(),
                request.format(),
                request.images());
        var replyJson = new ReplyJson(
                request, job, pictures, new FieldFaults(call.fault().fault()));
        return job.streams(request.stream(), true)
                ? Mono.just(replies.stream(job, request.base64(), replyJson, UnaryOperator.identity()))
                : replies.document(job, request.base64(), replyJson);
    }
}
