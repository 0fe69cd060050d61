package dev.darkroom.emulator.gateway.common.responses;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.ReferenceImages;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.gateway.common.openai.Errors;
import dev.darkroom.emulator.gateway.common.openai.FieldErrors;
import dev.darkroom.emulator.gateway.common.openai.PictureOptions;
import dev.darkroom.emulator.gateway.common.openai.PictureRules;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Mask;
import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.picture.Retouch;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The image tool of a request.
 *
 * @param picture what it shall paint
 * @param partials previews of each picture, 0 to 3
 * @param mask where a picture shall be painted anew, null for all of it
 * @param echo the tool as the response repeats it, with what it did not say
 */
record ImageTool(
        PictureOptions picture, int partials, @Nullable Mask mask, ObjectNode echo) {

    private static final Set<String> KNOWN = Set.of(
            "type",
            "action",
            "background",
            "complexity",
            "frame_count",
            "frame_duration_ms",
            "input_fidelity",
            "input_image_mask",
            "model",
            "moderation",
            "n",
            "output_compression",
            "output_format",
            "partial_images",
            "quality",
            "size",
            "svg");

    static ImageTool read(JsonNode json, String path, Flavour flavour, List<Reference> references) {
        boolean nested = json.path("type").asString("").startsWith("openrouter:");
        var errors = new FieldErrors(nested ? path + "parameters." : path);
        var options = nested ? json.path("parameters") : json;
        var fields = RequestFields.of(options.isMissingNode() ? Json.object() : options, errors);
        for (var name : fields.names()) {
            if (!KNOWN.contains(name)) {
                throw new ErrorReplyException(errors.unknown(name));
            }
        }
        var named = fields.text("model").orElse(flavour.usualPainter());
        var painter = flavour.painter(named)
                .orElseThrow(() -> new ErrorReplyException(flavour.words().modelNotFound(named)));
        var rules = new PictureRules(errors, flavour.formats(), flavour.words());
        var picture = rules.read(fields, painter, references);
        int partials = fields.integer("partial_images", 0, 3).orElse(0);
        var unused = fields.oneOf("moderation", List.of("low", "auto"));
        var tool = new ImageTool(picture, partials, mask(fields, errors), echo(json, nested));
        tool.checkExclusions(fields, rules);
        var action = fields.oneOf("action", List.of("generate", "edit", "auto")).orElse("auto");
        if (action.equals("edit") && references.isEmpty()) {
            throw new ErrorReplyException(errors.invalid("action", "there is no image to edit."));
        }
        return tool;
    }

    /** The first image where the mask is, if there is one. */
    @Nullable
    Retouch retouch(byte[] first) {
        return mask == null || first.length == 0
                ? null
                : Retouch.of(first, mask).orElse(null);
    }

    private void checkExclusions(RequestFields fields, PictureRules rules) {
        var format = picture.format();
        if ((format == Format.GIF || format == Format.SVG) && partials > 0) {
            throw rules.excluded(format, "partial_images");
        }
        if (format == Format.GIF && fields.has("input_image_mask")) {
            throw rules.excluded(format, "input_image_mask");
        }
        if (fields.has("input_fidelity")) {
            var fidelities = picture.model().fidelities();
            if (fidelities.isEmpty()) {
                throw new ErrorReplyException(rules.errors().unknown("input_fidelity"));
            }
            var unused = fields.oneOf("input_fidelity", fidelities);
        }
    }

    private static @Nullable Mask mask(RequestFields fields, FieldErrors errors) {
        var url = fields.object("input_image_mask").flatMap(mask -> mask.text("image_url"));
        if (url.isEmpty()) {
            return null;
        }
        return ReferenceImages.dataUrl(url.get())
                .flatMap(Mask::decode)
                .orElseThrow(() -> new ErrorReplyException(Errors.invalid(
                        "Invalid image file for mask.", errors.above() + "input_image_mask", "invalid_image_file")));
    }

    /** As recorded: what was not said is said, in the order recorded, and then the rest of what was said. */
    private static ObjectNode echo(JsonNode json, boolean nested) {
        var echo = Json.object().put("type", json.path("type").asString(""));
        if (!nested) {
            echo.put("background", "auto")
                    .put("moderation", "auto")
                    .put("n", 1)
                    .put("output_compression", 100)
                    .put("output_format", "png")
                    .put("quality", "auto")
                    .put("size", "auto");
        }
        json.forEachEntry((name, value) -> echo.set(name, name.equals("input_image_mask") ? Json.object() : value));
        return echo;
    }
}
