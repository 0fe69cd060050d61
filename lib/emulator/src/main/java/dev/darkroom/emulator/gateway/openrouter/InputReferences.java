package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.ReferenceImages;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.picture.Reference;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads {@code input_references}. */
final class InputReferences {

    private static final int MOST = 16;

    private InputReferences() {}

    static List<Reference> read(RequestFields fields) {
        var items = fields.items("input_references");
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
            throw new ErrorReplyException(new FieldErrors().wrongType(name + ".image_url.url", "string", url));
        }
        return ReferenceImages.of(url.stringValue())
                .orElseThrow(() -> invalid(
                        name + ".image_url.url",
                        "expected an https URL, or a data URL of a png, jpeg, webp or gif image"));
    }

    private static ErrorReplyException invalid(String name, String why) {
        return new ErrorReplyException(Errors.invalid(name + ": " + why));
    }
}
