package dev.darkroom.emulator.gateway.token360;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.gateway.common.seedream.SeedreamRules;
import dev.darkroom.emulator.server.Call;
import java.util.Locale;
import java.util.Set;

/**
 * The rules of a request with the header {@code Token360-Native-Params}: the vendor's own body, here Ark's. Other models
 * than Seedream have no such form.
 *
 * @param defaultSeed of pictures: the vendor's form has none
 * @see <a href="https://www.token360.ai/en-US/docs/native-params-passthrough">token360, native parameters</a>
 */
record NativeRules(long defaultSeed) {

    private static final String HEADER = "token360-native-params";
    private static final Set<String> YES = Set.of("true", "1", "yes", "on");

    static boolean apply(Call call) {
        return call.header(HEADER)
                .filter(value -> YES.contains(value.strip().toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    ImageRequest read(Call call) {
        var errors = new FieldErrors();
        var fields = RequestFields.of(call.json(), errors);
        if (fields.names().isEmpty()) {
            throw new ErrorReplyException(errors.notAnObject());
        }
        var id = fields.requiredText("model");
        var model = Model.find(id).orElseThrow(() -> new ErrorReplyException(Errors.modelNotFound(id)));
        var version = model.seedream();
        if (version == null) {
            throw new ErrorReplyException(
                    Errors.invalid("Native parameters are not supported for model " + id, "model"));
        }
        var rules = new SeedreamRules(version, errors);
        var prompt = fields.requiredText("prompt");
        var references = fields.oneOrSeveral("image").stream()
                .map(RequestRules::reference)
                .toList();
        rules.checkUnusedFields(fields);
        return new ImageRequest(
                model,
                prompt,
                rules.images(fields, rules.maxImages(fields), prompt, references.size()),
                rules.size(fields.text("size"), prompt, references),
                defaultSeed,
                references,
                fields.asksForBase64());
    }
}
