package dev.darkroom.emulator.ark;

import dev.darkroom.emulator.desk.Form;
import dev.darkroom.emulator.desk.Refusal;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.seedream.Rules;
import dev.darkroom.emulator.seedream.Version;
import dev.darkroom.emulator.server.Call;

/**
 * Every rule of a request. What a version has no parameter for is ignored, except that 5.0 pro refuses to stream and to
 * make groups, as measured, even with {@code disabled}.
 *
 * @param usualSeed of pictures whose request names none
 */
record OrderRules(long usualSeed) {

    private static final String GROUP = "sequential_image_generation";

    Order read(Call call) {
        var form = Form.of(call.json(), new Complaints());
        var model = form.requiredText("model");
        var version = Models.find(model).orElseThrow(() -> new Refusal(Errors.noModel(model)));
        var prompt = form.requiredText("prompt");
        if (prompt.isBlank()) {
            throw new Refusal(Errors.missing("prompt"));
        }
        checkPro(form, version, model);
        var rules = new Rules(version, new Complaints());
        rules.checkWords(form);
        var references = rules.references("image", form.oneOrSeveral("image"), version.references());
        return new Order(
                model,
                prompt,
                version.groups() ? rules.images(form, rules.maxImages(form), prompt, references.size()) : 1,
                rules.size(form.text("size"), prompt, references),
                form.oneOf("output_format", version.formats())
                        .flatMap(Format::of)
                        .orElse(Format.JPEG),
                form.number("seed").orElse(usualSeed),
                references,
                form.asksForBase64(),
                form.flag("stream"));
    }

    private static void checkPro(Form form, Version version, String model) {
        if (version.groups()) {
            return;
        }
        if (form.flag("stream")) {
            throw new Refusal(Errors.invalid("stream", "it is not supported for model " + model, "stream"));
        }
        if (form.value(GROUP).isPresent()) {
            throw new Refusal(Errors.invalid(GROUP, "it is not supported for model " + model, GROUP));
        }
    }
}
