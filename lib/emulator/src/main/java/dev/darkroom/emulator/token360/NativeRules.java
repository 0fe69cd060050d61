package dev.darkroom.emulator.token360;

import dev.darkroom.emulator.desk.Form;
import dev.darkroom.emulator.desk.Refusal;
import dev.darkroom.emulator.seedream.Rules;
import dev.darkroom.emulator.server.Call;
import java.util.Locale;
import java.util.Set;

/**
 * The rules of a request with the header {@code Token360-Native-Params}: the vendor's own body, here Ark's. Other models
 * than Seedream have no such form.
 *
 * @param usualSeed of pictures: the vendor's form has none
 * @see <a href="https://www.token360.ai/en-US/docs/native-params-passthrough">token360, native parameters</a>
 */
record NativeRules(long usualSeed) {

    private static final String HEADER = "token360-native-params";
    private static final Set<String> YES = Set.of("true", "1", "yes", "on");

    static boolean apply(Call call) {
        return call.header(HEADER)
                .filter(value -> YES.contains(value.strip().toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    Order read(Call call) {
        var complaints = new Complaints();
        var form = Form.of(call.json(), complaints);
        if (form.names().isEmpty()) {
            throw new Refusal(complaints.noForm());
        }
        var id = form.requiredText("model");
        var model = Model.find(id).orElseThrow(() -> new Refusal(Errors.noModel(id)));
        var version = model.seedream();
        if (version == null) {
            throw new Refusal(Errors.invalid("Native parameters are not supported for model " + id, "model"));
        }
        var rules = new Rules(version, complaints);
        var prompt = form.requiredText("prompt");
        var references =
                form.oneOrSeveral("image").stream().map(OrderRules::reference).toList();
        rules.checkWords(form);
        return new Order(
                model,
                prompt,
                rules.images(form, rules.maxImages(form), prompt, references.size()),
                rules.size(form.text("size"), prompt, references),
                usualSeed,
                references,
                form.asksForBase64());
    }
}
