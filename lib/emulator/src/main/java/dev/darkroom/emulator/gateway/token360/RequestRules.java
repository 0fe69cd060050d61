package dev.darkroom.emulator.gateway.token360;

import dev.darkroom.emulator.gateway.common.AspectRatio;
import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.GroupSize;
import dev.darkroom.emulator.gateway.common.ReferenceImages;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.server.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every rule of a request in the router's own form. A parameter which the model's page does not list is refused: the pages
 * say no more than that it "depends on the model".
 *
 * @param defaultSeed of pictures whose request names none
 */
record RequestRules(long defaultSeed) {

    private static final int MOST_REFERENCES = 14;
    private static final int MOST_IN_A_GROUP = 15;
    private static final Map<String, Integer> BASES = Map.of("1K", 1024, "2K", 2048, "4K", 4096);

    ImageRequest read(Call call) {
        var errors = new FieldErrors();
        var fields = RequestFields.of(call.json(), errors);
        var id = fields.requiredText("model");
        var prompt = fields.requiredText("prompt");
        if (prompt.isBlank()) {
            throw new ErrorReplyException(errors.missing("prompt"));
        }
        var model = Model.find(id).orElseThrow(() -> new ErrorReplyException(Errors.modelNotFound(id)));
        for (var name : Model.allParameters()) {
            if (fields.has(name) && !model.parameters().contains(name)) {
                throw invalid(name, "not supported by model " + id);
            }
        }
        var unused = fields.flag("watermark");
        var references = references(fields);
        int n = fields.integer("n", 1, 10).orElse(1);
        boolean group = fields.oneOf("sequential_image_generation", List.of("auto", "disabled"))
                .filter("auto"::equals)
                .isPresent();
        return new ImageRequest(
                model,
                prompt,
                group ? GroupSize.size(prompt, MOST_IN_A_GROUP - references.size(), false) : n,
                size(fields, model, references),
                fields.number("seed").orElse(defaultSeed),
                references,
                fields.asksForBase64());
    }

    private static Dimensions size(RequestFields fields, Model model, List<Reference> references) {
        var size = fields.text("size");
        var pixels = size.flatMap(Dimensions::pixels);
        if (pixels.isPresent()) {
            if (!pixels.get().drawable()) {
                throw invalid("size", "each side must be 16 to 8192, 4096x4096 pixels at most");
            }
            return pixels.get();
        }
        var ratio = fields.text("ratio")
                .map(text ->
                        AspectRatio.parse(text).orElseThrow(() -> invalid("ratio", "must be a ratio such as 16:9")));
        var tier = size.map(text -> tier("size", text))
                .or(() -> fields.text("quality").map(RequestRules::quality));
        return Dimensions.of(
                tier.orElse(model.base()),
                ratio.or(() -> AspectRatio.like(references)).orElse(AspectRatio.SQUARE));
    }

    private static int tier(String name, String text) {
        return Optional.ofNullable(BASES.get(text))
                .orElseThrow(() -> invalid(name, "must be 1K, 2K, 4K or pixels such as 1024x1024"));
    }

    /** Not listed anywhere: a tier where it is one, any other word changes nothing. */
    private static int quality(String word) {
        return BASES.getOrDefault(word, 1024);
    }

    /** {@code reference_images}, the name on the page about normalised fields: URLs, {@code data:} URLs, {@code asset://} ids. */
    private static List<Reference> references(RequestFields fields) {
        var urls = fields.texts("reference_images");
        if (urls.size() > MOST_REFERENCES) {
            throw invalid("reference_images", "must have " + MOST_REFERENCES + " items at most");
        }
        var references = new ArrayList<Reference>();
        for (var url : urls) {
            references.add(reference(url));
        }
        return List.copyOf(references);
    }

    static Reference reference(String url) {
        return url.matches("asset://ta_\\w+")
                ? Reference.known(url)
                : ReferenceImages.of(url)
                        .orElseThrow(() -> invalid(
                                "reference_images", "must hold URLs, data URLs of images or asset://ta_... ids"));
    }

    private static ErrorReplyException invalid(String name, String why) {
        return new ErrorReplyException(new FieldErrors().invalid(name, why));
    }
}
