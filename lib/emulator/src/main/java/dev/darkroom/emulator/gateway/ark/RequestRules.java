package dev.darkroom.emulator.gateway.ark;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.gateway.common.seedream.SeedreamRules;
import dev.darkroom.emulator.gateway.common.seedream.SeedreamVersion;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.server.Call;

/**
 * Every rule of a request. What a version has no parameter for is ignored, except that 5.0 pro refuses to stream and to
 * make groups, as measured, even with {@code disabled}.
 *
 * @param defaultSeed of pictures whose request names none
 */
record RequestRules(long defaultSeed) {

    private static final String GROUP = "sequential_image_generation";

    ImageRequest read(Call call) {
        var fields = RequestFields.of(call.json(), new FieldErrors());
        var model = fields.requiredText("model");
        var version = Models.find(model).orElseThrow(() -> new ErrorReplyException(Errors.modelNotFound(model)));
        var prompt = fields.requiredText("prompt");
        if (prompt.isBlank()) {
            throw new ErrorReplyException(Errors.missing("prompt"));
        }
        checkPro(fields, version, model);
        var rules = new SeedreamRules(version, new FieldErrors());
        rules.checkUnusedFields(fields);
        var references = rules.references("image", fields.oneOrSeveral("image"), version.references());
        return new ImageRequest(
                model,
                prompt,
                version.groups() ? rules.images(fields, rules.maxImages(fields), prompt, references.size()) : 1,
                rules.size(fields.text("size"), prompt, references),
                fields.oneOf("output_format", version.formats())
                        .flatMap(Format::of)
                        .orElse(Format.JPEG),
                fields.number("seed").orElse(defaultSeed),
                references,
                fields.asksForBase64(),
                fields.flag("stream"),
                searches(fields));
    }

    /** Of tools there is one. */
    private static boolean searches(RequestFields fields) {
        var tools = fields.items("tools");
        if (tools.stream().anyMatch(tool -> !tool.path("type").asString("").equals("web_search"))) {
            throw new ErrorReplyException(Errors.invalid("tools", "the type of a tool must be one of web_search"));
        }
        return !tools.isEmpty();
    }

    private static void checkPro(RequestFields fields, SeedreamVersion version, String model) {
        if (version.groups()) {
            return;
        }
        if (fields.flag("stream")) {
            throw new ErrorReplyException(Errors.invalid("stream", "it is not supported for model " + model, "stream"));
        }
        if (fields.has(GROUP)) {
            throw new ErrorReplyException(Errors.invalid(GROUP, "it is not supported for model " + model, GROUP));
        }
    }
}
