package dev.darkroom.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A prompt that is written in parts, as the files of a batch script have it that many have copied: the scene, the style and so on
 * in fields of their own, or in an object {@code fields}, which stand below the prompt with a name each.
 */
final class PromptParts {

    static final String GROUP = "fields";

    private static final String USE_CASE = "use_case";
    private static final Map<String, String> LABELS = labels();

    private PromptParts() {}

    private static Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        labels.put("scene", "Scene/background");
        labels.put("subject", "Subject");
        labels.put("style", "Style/medium");
        labels.put("composition", "Composition/framing");
        labels.put("lighting", "Lighting/mood");
        labels.put("palette", "Color palette");
        labels.put("materials", "Materials/textures");
        labels.put("text", "Text (verbatim)");
        labels.put("constraints", "Constraints");
        labels.put("negative", "Avoid");
        return labels;
    }

    static boolean isPart(String field, Set<String> optionsOfTheGateway) {
        return field.equals(GROUP)
                || ((field.equals(USE_CASE) || LABELS.containsKey(field)) && !optionsOfTheGateway.contains(field));
    }

    /** The whole prompt; as it stands if it has no parts. */
    static String whole(String prompt, Map<String, @Nullable Object> fields, Set<String> optionsOfTheGateway) {
        var parts = new LinkedHashMap<String, @Nullable Object>();
        if (fields.get(GROUP) instanceof Map<?, ?> group) {
            group.forEach((name, value) -> parts.put(String.valueOf(name), value));
        }
        fields.forEach((name, value) -> {
            if (!name.equals(GROUP) && isPart(name, optionsOfTheGateway)) {
                parts.put(name, value);
            }
        });
        parts.values().removeIf(Objects::isNull);
        if (parts.isEmpty()) {
            return prompt;
        }
        var text = new StringBuilder();
        if (parts.get(USE_CASE) != null) {
            text.append("Use case: ").append(parts.get(USE_CASE)).append('\n');
        }
        text.append("Primary request: ").append(prompt);
        LABELS.forEach((name, label) -> {
            if (parts.get(name) != null) {
                var value = name.equals("text") ? "\"" + parts.get(name) + "\"" : String.valueOf(parts.get(name));
                text.append('\n').append(label).append(": ").append(value);
            }
        });
        return text.toString();
    }
}
