package dev.darkroom.internal.gateway.gemini;

import dev.darkroom.dialect.Payload;
import dev.darkroom.image.ImageEvent.TextChunk;
import dev.darkroom.internal.gateway.common.Fields;
import dev.darkroom.internal.gateway.common.MessageShape;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A {@code GenerateContentResponse}, or several of them in an array, as they come where no events were asked for. */
final class GeminiMessage implements MessageShape {

    private static final Set<String> MODERATED = Set.of(
            "SAFETY",
            "PROHIBITED_CONTENT",
            "RECITATION",
            "BLOCKLIST",
            "SPII",
            "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT",
            "IMAGE_RECITATION",
            "MODEL_ARMOR",
            "JAILBREAK");

    private static final List<String> PICTURES =
            List.of("inlineData", "inline_data", "fileData", "file_data", "b64_json", "url", "image_url");

    private static final List<String> UNSPECIFIED = List.of("", "FINISH_REASON_UNSPECIFIED");

    @Override
    public List<Said> said(Payload payload) {
        var said = new ArrayList<Said>();
        var json = payload.json();
        if (json.isArray()) {
            json.forEach(each -> read(each, payload, said));
        } else {
            read(json, payload, said);
        }
        return said;
    }

    private static void read(JsonNode json, Payload payload, List<Said> said) {
        var candidates = json.path("candidates");
        for (int i = 0; i < candidates.size(); i++) {
            candidate(candidates.path(i), i, payload, said);
        }
        var blocked = Fields.text(json.path("promptFeedback"), "blockReason");
        if (blocked != null && !blocked.endsWith("UNSPECIFIED")) {
            var sentence = payload.text(json.path("promptFeedback").path("blockReasonMessage"));
            said.add(new Stop(0, Ending.MODERATED, blocked, sentence));
        }
        said.add(new About(
                Fields.text(json, "responseId"),
                instant(Fields.text(json, "createTime")),
                null,
                json.path("usageMetadata")));
    }

    private static void candidate(JsonNode candidate, int place, Payload payload, List<Said> said) {
        var index = candidate.path("index");
        int choice = index.isInt() && index.intValue() >= 0 ? index.intValue() : place;
        for (JsonNode part : candidate.path("content").path("parts")) {
            part(part, choice, said);
        }
        var word = Fields.text(candidate, "finishReason");
        if (word != null && !UNSPECIFIED.contains(word)) {
            said.add(new Stop(choice, ending(word), word, payload.text(candidate.path("finishMessage"))));
        }
    }

    private static void part(JsonNode part, int choice, List<Said> said) {
        var thought = Fields.flag(part, "thought");
        var text = part.path("text");
        if (text.isString() || text.isPojo()) {
            said.add(new Words(choice, thought ? TextChunk.REASONING : TextChunk.MESSAGE, text));
        }
        if (PICTURES.stream().anyMatch(part::hasNonNull) && isPicture(part)) {
            said.add(thought ? new Preview(choice, part) : new Picture(choice, part));
        }
    }

    /** A model may send sound as well. */
    private static boolean isPicture(JsonNode part) {
        return Stream.of("inlineData", "inline_data", "fileData", "file_data")
                .map(part::path)
                .flatMap(data -> Stream.of(Fields.text(data, "mimeType"), Fields.text(data, "mime_type")))
                .noneMatch(type -> type != null && type.toLowerCase(Locale.ROOT).matches("(?:audio|video|text)/.*"));
    }

    private static Ending ending(String word) {
        if (word.equals("STOP")) {
            return Ending.DONE;
        }
        return MODERATED.contains(word) ? Ending.MODERATED : Ending.NO_IMAGE;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
