package dev.darkroom.emulator.gateway.chat;

import dev.darkroom.emulator.gateway.common.AspectRatio;
import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.GroupSize;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.server.Call;
import java.util.List;

/**
 * Every rule of a request. A field nobody knows is ignored. Without {@code image} among its {@code modalities} a model of
 * OpenRouter's answers in words alone; a relay's model draws unasked.
 *
 * @param defaultSeed of pictures whose request names none
 */
record RequestRules(long defaultSeed) {

    private static final int MOST_IMAGES = 10;
    private static final List<String> SIZES = List.of("0.5K", "1K", "2K", "4K");

    ImageRequest read(Call call) {
        var named = Model.find(call.fieldText("model"));
        var errors = new Errors(named.map(Model::router).orElse(true));
        var fieldErrors = new FieldErrors(errors);
        var fields = RequestFields.of(call.json(), fieldErrors);
        var id = fields.requiredText("model");
        var model = named.orElseThrow(() -> new ErrorReplyException(errors.modelNotFound(id)));
        var messages = Messages.read(fields.items("messages"), fieldErrors);
        var modalities = fields.texts("modalities");
        for (var modality : modalities) {
            if (!List.of("text", "image", "audio").contains(modality)) {
                throw new ErrorReplyException(
                        fieldErrors.notOneOf("modalities", modality, List.of("text", "image", "audio")));
            }
        }
        boolean wanted = modalities.contains("image") || !model.router();
        var stream = fields.flag("stream");
        return new ImageRequest(
                model,
                messages.prompt(),
                wanted ? GroupSize.named(messages.prompt(), MOST_IMAGES, 1) : 0,
                size(fields, messages.references(), fieldErrors),
                fields.number("seed").orElse(defaultSeed),
                messages.references(),
                modalities.isEmpty() || modalities.contains("text"),
                stream,
                model.router()
                        || fields.object("stream_options")
                                .filter(it -> it.flag("include_usage"))
                                .isPresent());
    }

    private static Dimensions size(RequestFields fields, List<Reference> references, FieldErrors errors) {
        var config = fields.object("image_config");
        int base = config.flatMap(it -> it.oneOf("image_size", SIZES))
                .flatMap(size -> Dimensions.base(size.equals("0.5K") ? "512" : size))
                .orElse(1024);
        var ratio = config.flatMap(it -> it.text("aspect_ratio"))
                .map(text -> AspectRatio.parse(text)
                        .orElseThrow(() -> new ErrorReplyException(
                                errors.invalid("image_config.aspect_ratio", "must be a ratio such as 16:9"))));
        return Dimensions.of(base, ratio.or(() -> AspectRatio.like(references)).orElse(AspectRatio.SQUARE));
    }
}
