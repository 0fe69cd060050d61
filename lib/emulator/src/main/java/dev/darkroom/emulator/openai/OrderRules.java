package dev.darkroom.emulator.openai;

import dev.darkroom.emulator.desk.Form;
import dev.darkroom.emulator.desk.Refusal;
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
final class OrderRules {

    private static final int LONGEST_PROMPT = 32_000;
    private static final String USUAL_MODEL = "gpt-image-2";
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

    private final Complaints complaints = new Complaints();

    Order read(Call call, boolean edit) {
        var form = Form.of(call, complaints);
        checkNames(form, edit);
        String prompt = prompt(form);
        var id = form.text("model").orElse(USUAL_MODEL);
        var model = Model.find(id).orElseThrow(() -> new Refusal(Errors.noModel(id)));
        var inputs = new EditInputs(call, form);
        var images = edit ? inputs.images() : List.<EditInputs.Input>of();
        var references = images.stream().map(EditInputs.Input::reference).toList();
        int n = form.integer("n", 1, 10).orElse(1);
        var quality = form.oneOf("quality", model.qualities()).orElse("auto");
        var format = form.oneOf("output_format", FORMATS).flatMap(Format::of).orElse(Format.PNG);
        int compression = compression(form, format);
        boolean transparent = transparent(form, model, format);
        boolean stream = form.flag("stream");
        int partials = partials(form, stream);
        checkWords(form, model, edit);
        return new Order(
                model,
                edit,
                prompt,
                n,
                model.sizes().dimensions(form.text("size"), references),
                format,
                compression,
                transparent,
                quality.equals("auto") ? "medium" : quality,
                references,
                edit ? inputs.retouch(images.get(0)) : null,
                stream,
                partials);
    }

    private void checkNames(Form form, boolean edit) {
        var known = new TreeSet<>(KNOWN);
        known.addAll(edit ? EDIT_ONLY : GENERATION_ONLY);
        for (var name : form.names()) {
            if (!known.contains(name)) {
                throw new Refusal(complaints.unknown(name));
            }
        }
    }

    private String prompt(Form form) {
        var prompt = form.requiredText("prompt");
        if (prompt.isEmpty()) {
            throw new Refusal(complaints.empty("prompt"));
        }
        if (prompt.length() > LONGEST_PROMPT) {
            throw new Refusal(complaints.tooLong("prompt", LONGEST_PROMPT, prompt.length()));
        }
        return prompt;
    }

    private static int compression(Form form, Format format) {
        var compression = form.integer("output_compression", 0, 100);
        if (compression.isPresent() && compression.get() != 100 && format == Format.PNG) {
            throw new Refusal(Errors.invalid(
                    "Compression less than 100 is not supported for PNG output format",
                    "output_compression",
                    "invalid_png_output_compression"));
        }
        return compression.orElse(100);
    }

    private static boolean transparent(Form form, Model model, Format format) {
        boolean transparent =
                form.oneOf("background", BACKGROUNDS).orElse("auto").equals("transparent");
        if (transparent && !model.transparent()) {
            throw new Refusal(Errors.invalid(
                    "Transparent background is not supported for this model.", "background", "invalid_value"));
        }
        if (transparent && format == Format.JPEG) {
            throw new Refusal(Errors.invalid(
                    "Transparent background is not supported for "
                            + format.name().toUpperCase(Locale.ROOT) + " output format",
                    "background",
                    "invalid_value"));
        }
        return transparent;
    }

    private static int partials(Form form, boolean stream) {
        var partials = form.integer("partial_images", 0, 3);
        if (partials.isPresent() && !stream) {
            throw new Refusal(Errors.invalid(
                    "The 'partial_images' parameter is only supported when 'stream' is true.",
                    "partial_images",
                    "invalid_value"));
        }
        return partials.orElse(0);
    }

    private void checkWords(Form form, Model model, boolean edit) {
        if (!edit) {
            var unused = form.oneOf("moderation", List.of("low", "auto"));
            return;
        }
        if (form.value("input_fidelity").isPresent() && model.fidelities().isEmpty()) {
            throw new Refusal(complaints.unknown("input_fidelity"));
        }
        var unused = form.oneOf("input_fidelity", model.fidelities());
    }
}
