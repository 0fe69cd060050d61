package dev.darkroom.emulator.gateway.gemini;

import dev.darkroom.emulator.gateway.common.AspectRatio;
import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.GroupSize;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.server.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every rule of {@code generateContent}. The JSON reader knows each field in camel and in snake case, and refuses one it
 * does not know, at the places looked at here. Without {@code responseModalities} the answer has words and images.
 *
 * @param defaultSeed of pictures whose request names none
 */
record RequestRules(long defaultSeed) {

    private static final int MOST_IMAGES = 10;
    private static final List<String> KNOWN = List.of(
            "contents",
            "generationConfig",
            "safetySettings",
            "systemInstruction",
            "tools",
            "toolConfig",
            "cachedContent",
            "labels",
            "model",
            "store",
            "serviceTier");
    private static final List<String> IMAGE = List.of("aspectRatio", "imageSize", "personGeneration");
    private static final List<String> VERTEX = List.of("imageOutputOptions", "prominentPeople");

    ImageRequest read(Call call, Endpoint endpoint) {
        var errors = new FieldErrors();
        var model = Model.find(endpoint.model())
                .orElseThrow(() -> new ErrorReplyException(Errors.modelNotFound(endpoint.model())));
        var body = new Names(RequestFields.of(call.json(), errors));
        body.onlyKnows("", KNOWN);
        var contents = Contents.read(body.items("contents"));
        var config = body.object("generationConfig");
        if (config.flatMap(it -> it.integer("candidateCount", 1, 8)).orElse(1) > 1) {
            throw new ErrorReplyException(Errors.invalid("Multiple candidates is not enabled for this model"));
        }
        var modalities = modalities(config);
        var image = config.flatMap(it -> it.object("imageConfig"));
        image.ifPresent(it -> it.onlyKnows("generation_config.image_config", known(endpoint)));
        return new ImageRequest(
                model,
                contents.prompt(),
                GroupSize.named(contents.prompt(), MOST_IMAGES, 1),
                size(model, image, contents.references()),
                config.flatMap(it -> it.number("seed")).orElse(defaultSeed),
                contents.references(),
                image.flatMap(RequestRules::format).orElse(model.format()),
                modalities.contains("TEXT"),
                modalities.contains("IMAGE"),
                model.thinks() && thoughts(config, model));
    }

    private static List<String> known(Endpoint endpoint) {
        var known = new ArrayList<>(IMAGE);
        if (endpoint.vertex()) {
            known.addAll(VERTEX);
        }
        return known;
    }

    private static Set<String> modalities(Optional<Names> config) {
        var named = config.map(it -> it.texts("responseModalities")).orElse(List.of());
        for (var word : named) {
            if (!List.of("TEXT", "IMAGE", "AUDIO").contains(word.toUpperCase(Locale.ROOT))) {
                throw new ErrorReplyException(
                        new FieldErrors().invalid("generation_config.response_modalities[0]", "\"" + word + "\""));
            }
        }
        var wanted = named.isEmpty() ? List.of("TEXT", "IMAGE") : named;
        return wanted.stream().map(word -> word.toUpperCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private static boolean thoughts(Optional<Names> config, Model model) {
        var thinking = config.flatMap(it -> it.object("thinkingConfig"));
        return thinking.filter(it -> it.has("includeThoughts"))
                .map(it -> it.flag("includeThoughts"))
                .orElse(model.shows());
    }

    private static Dimensions size(Model model, Optional<Names> image, List<Reference> references) {
        var size = image.flatMap(it -> it.text("imageSize"));
        if (size.isPresent() && !model.sizes().contains(size.get())) {
            throw new ErrorReplyException(Errors.invalid(
                    model.sizes().isEmpty()
                            ? "Image size is not supported by this model."
                            : "image_size must be one of " + model.sizes() + "."));
        }
        var ratio = image.flatMap(it -> it.text("aspectRatio"));
        if (ratio.isPresent() && !model.ratios().contains(ratio.get())) {
            throw new ErrorReplyException(Errors.invalid("aspect_ratio must be one of " + model.ratios() + "."));
        }
        return Dimensions.of(
                size.flatMap(Dimensions::base).orElse(1024),
                ratio.flatMap(AspectRatio::parse)
                        .or(() -> AspectRatio.like(references))
                        .orElse(AspectRatio.SQUARE));
    }

    private static Optional<Format> format(Names image) {
        return image.object("imageOutputOptions")
                .flatMap(options -> options.text("mimeType"))
                .map(type -> switch (type) {
                    case "image/png" -> Format.PNG;
                    case "image/jpeg" -> Format.JPEG;
                    case "image/webp" -> Format.WEBP;
                    default -> throw new ErrorReplyException(Errors.invalid("Unsupported output mime type: " + type));
                });
    }
}
