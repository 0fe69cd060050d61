package dev.darkroom.emulator.gateway.minimax;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.ReferenceImages;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.FormPart;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Every rule of a request. A field nobody knows is ignored. Images to edit are {@code images} with an {@code image_url}
 * each, or the files of a fields, since the docs call the endpoint fit for OpenAI's SDK, which sends one.
 */
final class RequestRules {

    static final List<String> MODELS = List.of("MiniMax-H3-Image", "MiniMax-H3-Image-Highspeed");
    private static final int LONGEST_PROMPT = 32_000;
    private static final int MOST_IMAGES = 16;

    private final FieldErrors errors = new FieldErrors();

    ImageRequest read(Call call, boolean edit) {
        var fields = RequestFields.of(call, errors);
        var model = fields.requiredText("model");
        if (!MODELS.contains(model)) {
            throw new ErrorReplyException(Errors.modelNotFound(model));
        }
        var prompt = fields.requiredText("prompt").strip();
        if (prompt.isEmpty() || prompt.codePointCount(0, prompt.length()) > LONGEST_PROMPT) {
            throw invalid("prompt must have 1 to " + LONGEST_PROMPT + " characters");
        }
        var references = edit ? images(call, fields) : List.<Reference>of();
        int n = fields.integer("n", 1, 10).orElse(1);
        boolean base64 = fields.asksForBase64();
        boolean stream = fields.flag("stream");
        if (stream && base64) {
            throw invalid("stream only supports response_format url");
        }
        var format = fields.oneOf("output_format", List.of("png", "jpeg", "webp"))
                .flatMap(Format::of)
                .orElse(Format.PNG);
        var size = SizeRules.dimensions(fields, references);
        return new ImageRequest(model, edit, prompt, n, size, format, references, base64, stream);
    }

    private static List<Reference> images(Call call, RequestFields fields) {
        var references = new ArrayList<Reference>();
        if (call.parts().isEmpty()) {
            fields.items("images").forEach(item -> references.add(linked(item)));
        } else {
            call.parts().stream().filter(FormPart::isFile).forEach(file -> references.add(uploaded(file)));
        }
        if (references.isEmpty() || references.size() > MOST_IMAGES) {
            throw invalid("images must have 1 to " + MOST_IMAGES + " items");
        }
        return List.copyOf(references);
    }

    private static Reference linked(JsonNode item) {
        return ReferenceImages.of(item.path("image_url").asString(""))
                .orElseThrow(() -> invalid("images[].image_url must be a URL or a data URL of an image"));
    }

    private static Reference uploaded(FormPart file) {
        return Reference.decode(file.bytes()).orElseThrow(() -> invalid(file.name() + " must be an image"));
    }

    private static ErrorReplyException invalid(String why) {
        return new ErrorReplyException(Errors.invalid(why));
    }
}
