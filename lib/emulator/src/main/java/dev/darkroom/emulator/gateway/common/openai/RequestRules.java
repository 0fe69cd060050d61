package dev.darkroom.emulator.gateway.common.openai;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.server.Call;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every rule of a request: unknown parameters first, then types and values, then what must agree with what.
 *
 * <p>A parameter nobody knows is refused by name, {@code seed} and {@code response_format} among them.
 *
 * @param pictures the rules of what a picture shall be like
 */
record RequestRules(PictureRules pictures) {

    private static final int LONGEST_PROMPT = 32_000;
    private static final String DEFAULT_MODEL = "gpt-image-2";
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
            "frame_duration_ms",
            "svg");
    private static final Set<String> GENERATION_ONLY = Set.of("moderation");
    private static final Set<String> EDIT_ONLY =
            Set.of("image", "image[]", "images", "mask", "markup", "input_fidelity");

    ImageRequest read(Call call, boolean edit, @Nullable String deployed) {
        var fields = RequestFields.of(call, errors());
        checkNames(fields, edit);
        var prompt = prompt(fields);
        var named = fields.text("model");
        var inputs = new EditInputs(call, fields);
        var images = edit ? inputs.images() : List.<EditInputs.Input>of();
        var references = images.stream().map(EditInputs.Input::reference).toList();
        int n = fields.integer("n", 1, 10).orElse(1);
        var picture = pictures.read(fields, deployed == null ? named.orElse(DEFAULT_MODEL) : deployed, references);
        boolean stream = fields.flag("stream");
        int partials = partials(fields, stream);
        checkUnusedFields(fields, picture.model(), edit);
        checkExclusions(fields, inputs, picture.format(), n, stream);
        return new ImageRequest(
                picture,
                edit,
                prompt,
                n,
                edit ? inputs.withMarkup(images, picture.model()) : references,
                edit ? inputs.retouch(images.get(0)) : null,
                stream,
                partials,
                safetyIdentifier(fields));
    }

    private FieldErrors errors() {
        return pictures.errors();
    }

    private void checkNames(RequestFields fields, boolean edit) {
        var known = new TreeSet<>(KNOWN);
        known.addAll(edit ? EDIT_ONLY : GENERATION_ONLY);
        for (var name : fields.names()) {
            if (!known.contains(name)) {
                throw new ErrorReplyException(errors().unknown(name));
            }
        }
    }

    private String prompt(RequestFields fields) {
        var prompt = fields.requiredText("prompt");
        if (prompt.isEmpty()) {
            throw new ErrorReplyException(errors().empty("prompt"));
        }
        if (prompt.length() > LONGEST_PROMPT) {
            throw new ErrorReplyException(errors().tooLong("prompt", LONGEST_PROMPT, prompt.length()));
        }
        return prompt;
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

    /** What a picture that moves, or one that is drawn as markup, cannot have. */
    private void checkExclusions(RequestFields fields, EditInputs inputs, Format format, int n, boolean stream) {
        if (format != Format.GIF && format != Format.SVG) {
            return;
        }
        if (stream) {
            throw pictures.excluded(format, fields.has("partial_images") ? "partial_images" : "stream");
        }
        if (format == Format.GIF && inputs.hasMask()) {
            throw pictures.excluded(format, "mask");
        }
        if (format == Format.SVG && n > 1) {
            throw new ErrorReplyException(
                    Errors.invalid("The 'n' parameter must be 1 when 'output_format' is 'svg'.", "n", "invalid_value"));
        }
    }

    private static @Nullable String safetyIdentifier(RequestFields fields) {
        return fields.text("safety_identifier")
                .filter(text -> !text.isEmpty())
                .or(() -> fields.text("user").filter(text -> !text.isEmpty()))
                .orElse(null);
    }

    private void checkUnusedFields(RequestFields fields, Model model, boolean edit) {
        if (!edit) {
            var unused = fields.oneOf("moderation", List.of("low", "auto"));
            return;
        }
        if (fields.has("input_fidelity") && model.fidelities().isEmpty()) {
            throw new ErrorReplyException(errors().unknown("input_fidelity"));
        }
        var unused = fields.oneOf("input_fidelity", model.fidelities());
    }
}
