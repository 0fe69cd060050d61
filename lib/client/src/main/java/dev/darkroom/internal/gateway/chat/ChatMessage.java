package dev.darkroom.internal.gateway.chat;

import dev.darkroom.dialect.Payload;
import dev.darkroom.image.ImageEvent.TextChunk;
import dev.darkroom.internal.gateway.common.Fields;
import dev.darkroom.internal.gateway.common.MessageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A {@code chat.completion} with its {@code message}, or a {@code chat.completion.chunk} with its {@code delta}. */
final class ChatMessage implements MessageShape {

    /** Both are heard, where a gateway says what it does twice; words are not. */
    private static final List<String> MESSAGES = List.of("message", "delta");

    private static final Set<String> MODERATED =
            Set.of("content_filter", "contentFilter", "safety", "refusal", "prohibited_content", "image_safety");

    private static final Set<String> DONE =
            Set.of("stop", "end_turn", "eos", "tool_calls", "function_call", "completed");

    private static final Set<String> TEXTS = Set.of("text", "output_text", "input_text");

    @Override
    public List<Said> said(Payload payload) {
        var said = new ArrayList<Said>();
        var json = payload.json();
        var choices = json.path("choices");
        for (int i = 0; i < choices.size(); i++) {
            choice(choices.path(i), i, payload, said);
        }
        if (json.has("choices") || json.path("usage").isObject()) {
            said.add(new About(
                    Fields.text(json, "id"),
                    Fields.instant(json, "created"),
                    Fields.text(json, "provider"),
                    json.path("usage")));
        }
        return said;
    }

    private static void choice(JsonNode choice, int place, Payload payload, List<Said> said) {
        var index = choice.path("index");
        int number = index.isInt() && index.intValue() >= 0 ? index.intValue() : place;
        int before = said.size();
        for (String name : MESSAGES) {
            message(choice.path(name), number, said, said.size() == before);
        }
        var refusal = refusal(choice, payload);
        if (choice.path("error").isObject() || choice.path("error").isString()) {
            said.add(new Failed(number, choice));
        } else if (refusal != null) {
            said.add(new Stop(number, Ending.MODERATED, "refusal", refusal));
        }
        var word = Fields.text(choice, "finish_reason");
        if (word != null && !word.isEmpty()) {
            said.add(new Stop(number, ending(word), word, null));
        }
    }

    private static @Nullable String refusal(JsonNode choice, Payload payload) {
        for (String name : MESSAGES) {
            var refusal = payload.text(choice.path(name).path("refusal"));
            if (refusal != null && !refusal.isBlank()) {
                return refusal;
            }
        }
        return null;
    }

    private static void message(JsonNode message, int choice, List<Said> said, boolean first) {
        for (String name : List.of("reasoning", "reasoning_content")) {
            if (isText(message.path(name)) && first) {
                said.add(new Words(choice, TextChunk.REASONING, message.path(name)));
                break;
            }
        }
        var content = message.path("content");
        if (isText(content) && first) {
            said.add(new Words(choice, TextChunk.MESSAGE, content));
        }
        if (content.isArray()) {
            content.forEach(part -> part(part, choice, said, first));
        }
        for (String name : List.of("images", "image")) {
            var images = message.path(name);
            if (images.isArray()) {
                images.forEach(image -> said.add(new Picture(choice, image)));
            } else if (images.isObject() || isText(images)) {
                said.add(new Picture(choice, images));
            }
        }
    }

    private static void part(JsonNode part, int choice, List<Said> said, boolean first) {
        var type = Fields.text(part, "type");
        if (isText(part)) {
            said.add(new Words(choice, TextChunk.MESSAGE, part));
        } else if (type == null ? isText(part.path("text")) : TEXTS.contains(type)) {
            if (first) {
                said.add(new Words(choice, TextChunk.MESSAGE, part.path("text")));
            }
        } else if (type == null || type.contains("image")) {
            said.add(new Picture(choice, part.path("result").isMissingNode() ? part : part.path("result")));
        }
    }

    private static boolean isText(JsonNode node) {
        return node.isString() || node.isPojo();
    }

    private static Ending ending(String word) {
        if (DONE.contains(word)) {
            return Ending.DONE;
        }
        return MODERATED.contains(word) ? Ending.MODERATED : Ending.NO_IMAGE;
    }
}
