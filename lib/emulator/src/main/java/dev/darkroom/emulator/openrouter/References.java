package dev.darkroom.emulator.openrouter;

import dev.darkroom.emulator.picture.Reference;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads {@code input_references}: decodes {@code data:} URLs, and never fetches the others. */
final class References {

    private static final int MOST = 16;

    private References() {}

    static List<Reference> read(Form form) {
        var items = form.items("input_references");
        if (items.size() > MOST) {
            throw invalid("input_references", "expected " + MOST + " items at most, received " + items.size());
        }
        var references = new ArrayList<Reference>();
        for (int i = 0; i < items.size(); i++) {
            references.add(reference("input_references." + i, items.get(i)));
        }
        return List.copyOf(references);
    }

    private static Reference reference(String name, JsonNode item) {
        if (!item.path("type").asString("").equals("image_url")) {
            throw invalid(name + ".type", "expected \"image_url\"");
        }
        var url = item.path("image_url").path("url");
        if (!url.isString()) {
            throw Form.wrongType(name + ".image_url.url", "string", url);
        }
        String text = url.stringValue();
        if (text.startsWith("https://") || text.startsWith("http://")) {
            return Reference.known(text);
        }
        return dataUrl(text)
                .orElseThrow(() -> invalid(
                        name + ".image_url.url",
                        "expected an https URL, or a data URL of a png, jpeg, webp or gif image"));
    }

    private static Optional<Reference> dataUrl(String text) {
        int comma = text.indexOf(',');
        if (!text.startsWith("data:image/")
                || comma < 0
                || !text.substring(0, comma).endsWith(";base64")) {
            return Optional.empty();
        }
        try {
            return Reference.decode(Base64.getDecoder().decode(text.substring(comma + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Refusal invalid(String name, String why) {
        return new Refusal(Errors.invalid(name + ": " + why));
    }
}
