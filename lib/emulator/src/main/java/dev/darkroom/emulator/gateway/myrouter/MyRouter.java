package dev.darkroom.emulator.gateway.myrouter;

import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.GatewayContext;
import dev.darkroom.emulator.gateway.common.Protocol;
import dev.darkroom.emulator.gateway.common.RenderJob;
import dev.darkroom.emulator.gateway.common.ReplyBuilder;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.gateway.common.seedream.SeedreamRules;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * myrouter's Seedream endpoints: no streams, nothing but {@code images} in the answer.
 *
 * <p>Its page for 4.5 prints objects in that list without saying what is in them; the sibling's page for the same endpoint,
 * and all code seen in the wild, have strings: they are the default here, and the faults {@code IMAGE_URL_OBJECTS} and
 * {@code URL_OBJECTS} bring the others. A field nobody knows is ignored, as code in the wild relies on.
 *
 * @see <a href="https://docs.myrouter.ai/docs/models/reference-seedream-4.5">myrouter, Seedream 4.5</a>
 */
public final class MyRouter implements Protocol {

    private final GatewayContext context;

    /**
     * A gateway which was asked nothing yet.
     *
     * @param context what it is made of
     */
    public MyRouter(GatewayContext context) {
        this.context = context;
    }

    @Override
    public String prefix() {
        return "/myrouter/v3";
    }

    @Override
    public List<String> models() {
        return Endpoint.models();
    }

    @Override
    public boolean isGeneration(String method, String route) {
        return method.equals("POST") && Endpoint.at(route).isPresent();
    }

    @Override
    public Mono<Reply> answer(Call call) {
        var apiKey = ApiKey.of(call, Errors::missingKey, Errors::invalidKey);
        var endpoint = Endpoint.at(call.route()).filter(found -> call.method().equals("POST"));
        if (endpoint.isEmpty()) {
            return Mono.just(Errors.notFound());
        }
        var job = read(endpoint.get(), call);
        int permits = Math.max(1, job.images().size());
        context.admission().check(apiKey, job.prompt(), permits, error -> faultReply(error, call));
        return new ReplyBuilder(context.renderer()).document(job, false, new ReplyJson(call, context.pictures()));
    }

    @Override
    public Optional<Reply> faultReply(ErrorContext error, Call call) {
        return new FaultReplies(error).reply();
    }

    @Override
    public Reply errorReply(int status, String message) {
        return Errors.error(status, status == 404 ? "API_NOT_FOUND" : "INVALID_REQUEST_BODY", message);
    }

    private RenderJob read(Endpoint endpoint, Call call) {
        var errors = new FieldErrors();
        var fields = RequestFields.of(call.json(), errors);
        var prompt = fields.requiredText("prompt");
        if (prompt.isBlank()) {
            throw new ErrorReplyException(errors.missing("prompt"));
        }
        var rules = new SeedreamRules(endpoint.version(), errors);
        rules.checkUnusedFields(fields);
        var references = new ReferenceRules(endpoint).read(fields, rules);
        var most = endpoint.legacy() ? fields.integer("max_images", 1, 15) : rules.maxImages(fields);
        int images = rules.images(fields, most, prompt, references.size());
        var size = rules.size(fields.text("size"), prompt, references);
        return RenderJob.of(call, prompt, context.seed(), size, references, Format.JPEG, images);
    }
}
