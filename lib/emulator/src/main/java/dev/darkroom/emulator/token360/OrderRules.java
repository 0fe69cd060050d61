package dev.darkroom.emulator.token360;

import dev.darkroom.emulator.desk.Dimensions;
import dev.darkroom.emulator.desk.Dimensions.Ratio;
import dev.darkroom.emulator.desk.Form;
import dev.darkroom.emulator.desk.Group;
import dev.darkroom.emulator.desk.References;
import dev.darkroom.emulator.desk.Refusal;
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
 * @param usualSeed of pictures whose request names none
 */
record OrderRules(long usualSeed) {

    private static final int MOST_REFERENCES = 14;
    private static final int MOST_IN_A_GROUP = 15;
    private static final Map<String, Integer> BASES = Map.of("1K", 1024, "2K", 2048, "4K", 4096);

    Order read(Call call) {
        var complaints = new Complaints();
        var form = Form.of(call.json(), complaints);
        var id = form.requiredText("model");
        var prompt = form.requiredText("prompt");
        if (prompt.isBlank()) {
            throw new Refusal(complaints.missing("prompt"));
        }
        var model = Model.find(id).orElseThrow(() -> new Refusal(Errors.noModel(id)));
        for (var name : Model.allParameters()) {
            if (form.value(name).isPresent() && !model.parameters().contains(name)) {
                throw invalid(name, "not supported by model " + id);
            }
        }
        var unused = form.flag("watermark");
        var references = references(form);
        int n = form.integer("n", 1, 10).orElse(1);
        boolean group = form.oneOf("sequential_image_generation", List.of("auto", "disabled"))
                .filter("auto"::equals)
                .isPresent();
        return new Order(
                model,
                prompt,
                group ? Group.size(prompt, MOST_IN_A_GROUP - references.size(), false) : n,
                size(form, model, references),
                form.number("seed").orElse(usualSeed),
                references,
                form.asksForBase64());
    }

    private static Dimensions size(Form form, Model model, List<Reference> references) {
        var size = form.text("size");
        var pixels = size.flatMap(Dimensions::pixels);
        if (pixels.isPresent()) {
            if (!pixels.get().drawable()) {
                throw invalid("size", "each side must be 16 to 8192, 4096x4096 pixels at most");
            }
            return pixels.get();
        }
        var ratio = form.text("ratio")
                .map(text -> Ratio.parse(text).orElseThrow(() -> invalid("ratio", "must be a ratio such as 16:9")));
        var tier = size.map(text -> tier("size", text))
                .or(() -> form.text("quality").map(OrderRules::quality));
        return Dimensions.of(
                tier.orElse(model.base()),
                ratio.or(() -> Ratio.like(references)).orElse(Ratio.SQUARE));
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
    private static List<Reference> references(Form form) {
        var urls = form.texts("reference_images");
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
                : References.of(url)
                        .orElseThrow(() -> invalid(
                                "reference_images", "must hold URLs, data URLs of images or asset://ta_... ids"));
    }

    private static Refusal invalid(String name, String why) {
        return new Refusal(new Complaints().invalid(name, why));
    }
}
