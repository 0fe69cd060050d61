package dev.darkroom.emulator.gateway.openai;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.server.Call;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every rule of a request: unknown parameters first, then types and values, then what must agree with what.
 *
 * <p>A parameter nobody knows is refused by name, {@code seed} and {@code response_format} among them. {@code gif} and
 * {@code svg}, which some models have in preview, are not drawn here.
 */
final class RequestRules {

    private static final int LONGEST_PROMPT = 32_000;
    private static final String DEFAULT_MODEL = "gpt-image-2";
    private static final List<String> FORMATS = List.of("png", "jpeg", "webp");
    private static final List<String> BACKGROUNDS = List.of("transparent", "opaque", "auto");
    private static final Set<String> KNOWN = Set.of(
            "model",
            "prompt",
            "n",
            "size",
            "quality",
            "background",
            "output_format",
            "output_compression",
            "stream",
            "partial_images",
            "user",
            "safety_identifier",
            "complexity",
            "frame_count",
            "frame_duration_ms");
    private static final Set<String> GENERATION_ONLY = Set.of("moderation", "svg");
    private static final Set<String> EDIT_ONLY =
            Set.of("image", "image[]", "images", "mask", "markup", "input_fidelity");

    private final FieldErrors errors = new FieldErrors();

    ImageRequest read(Call call, boolean edit) {
        var fields = RequestFields.of(call, errors);
        checkNames(fields, edit);
        String prompt = prompt(fields);
        var id = fields.text("model").orElse(DEFAULT_MODEL);
        var model = Model.find(id).orElseThrow(() -> new ErrorReplyException(Errors.modelNotFound(id)));
        var inputs = new EditInputs(call, fields);
        var images = edit ? inputs.images() : List.<EditInputs.Input>of();
        var references = images.stream().map(EditInputs.Input::reference).toList();
        int n = fields.integer("n", 1, 10).orElse(1);
        var quality = fields.oneOf("quality", model.qualities()).orElse("auto");
        var format = fields.oneOf("output_format", FORMATS).flatMap(Format::of).orElse(Format.PNG);
        int compression = compression(fields, format);
        boolean transparent = transparent(fields, model, format);
        boolean stream = fields.flag("stream");
        int partials = partials(fields, stream);
        checkUnusedFields(fields, model, edit);
        return new ImageRequest(
                model,
                edit,
                prompt,
                n,
                model.sizes().dimensions(fields.text("size"), references),
                format,
                compression,
                transparent,
                quality.equals("auto") ? "medium" : quality,
                references,
                edit ? inputs.retouch(images.get(0)) : null,
                stream,
                partials);
    }

    private void checkNames(RequestFields fields, boolean edit) {
        var known = new TreeSet<>(KNOWN);
        known.addAll(edit ? EDIT_ONLY : GENERATION_ONLY);
        for (var name : fields.names()) {
            if (!known.contains(name)) {
                throw new ErrorReplyException(errors.unknown(name));
            }
        }
    }

    private String prompt(RequestFields fields) {
        var prompt = fields.requiredText("prompt");
        if (prompt.isEmpty()) {
            throw new ErrorReplyException(errors.empty("prompt"));
        }
        if (prompt.length() > LONGEST_PROMPT) {
            throw new ErrorReplyException(errors.tooLong("prompt", LONGEST_PROMPT, prompt.length()));
        }
        return prompt;
    }

    private static int compression(RequestFields fields, Format format) {
        var compression = fields.integer("output_compression", 0, 100);
        if (compression.isPresent() && compression.get() != 100 && format == Format.PNG) {
            throw new ErrorReplyException(Errors.invalid(
                    "Compression less than 100 is not supported for PNG output format",
                    "output_compression",
                    "invalid_png_output_compression"));
        }
        return compression.orElse(100);
    }

    private static boolean transparent(RequestFields fields, Model model, Format format) {
        boolean transparent =
                fields.oneOf("background", BACKGROUNDS).orElse("auto").equals("transparent");
        if (transparent && !model.transparent()) {
            throw new ErrorReplyException(Errors.invalid(
                    "Transparent background is not supported for this model.", "background", "invalid_value"));
        }
        if (transparent && format == Format.JPEG) {
            throw new ErrorReplyException(Errors.invalid(
                    "Transparent background is not supported for "
                            + format.name().toUpperCase(Locale.ROOT) + " output format",
                    "background",
                    "invalid_value"));
        }
        return transparent;
    }

    private static int partials(RequestFields fields, boolean stream) {
        var partials = fields.integer("partial_images", 0, 3);
        if (partials.isPresent() && !stream) {
            throw new ErrorReplyException(Errors.invalid(
                    "The 'partial_images' parameter is only supported when 'stream' is true.",
                    "partial_images",
                    "invalid_value"));
        }
        return partials.orElse(0);
    }

    private void checkUnusedFields(RequestFields fields, Model model, boolean edit) {
        if (!edit) {
            var unused = fields.oneOf("moderation", List.of("low", "auto"));
            return;
        }
        if (fields.has("input_fidelity") && model.fidelities().isEmpty()) {
            throw new ErrorReplyException(errors.unknown("input_fidelity"));
        }
        var unused = fields.oneOf("input_fidelity", model.fidelities());
    }
}
