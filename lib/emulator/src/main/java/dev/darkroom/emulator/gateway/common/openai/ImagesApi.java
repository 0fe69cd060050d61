package dev.darkroom.emulator.gateway.common.openai;

import dev.darkroom.emulator.gateway.common.AdmissionCheck;
import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.GatewayContext;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Generations and edits as OpenAI speaks them, in the words of whoever offers them. */
public final class ImagesApi {

    private final RequestRules rules;
    private final Generator generator;
    private final AdmissionCheck admission;
    private final Words words;

    /**
     * An API which was asked nothing yet.
     *
     * @param context what it is made of
     * @param formats what it delivers, whatever its models can
     * @param words its own
     */
    public ImagesApi(GatewayContext context, List<String> formats, Words words) {
        this.rules = new RequestRules(new PictureRules(new FieldErrors(), formats, words));
        this.generator = new Generator(context.renderer(), words, context.seed());
        this.admission = context.admission();
        this.words = words;
    }

    /**
     * Makes images, if it is admitted.
     *
     * @param apiKey who asks
     * @param call for what
     * @param edit whether images are edited
     * @param model the model if the path names it, null if the body does
     * @return exactly one reply, or a failure with an {@code ErrorReplyException}
     */
    public Mono<Reply> generate(ApiKey apiKey, Call call, boolean edit, @Nullable String model) {
        var request = rules.read(call, edit, model);
        admission.check(apiKey, request.prompt(), request.permits(), error -> words.refusal(request.model(), error));
        return generator.reply(request, call);
    }
}
