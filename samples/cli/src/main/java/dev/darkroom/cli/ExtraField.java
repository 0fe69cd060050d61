package dev.darkroom.cli;

import dev.darkroom.image.ImageOption;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A field of the request which has no option of its own.
 *
 * @param field its name on the wire
 * @param value a JSON value
 */
record ExtraField(String field, @Nullable Object value) {

    /** {@code field=JSON}; what does not look like JSON is a string. */
    static ExtraField parse(String word) {
        var field = JsonField.parse(word);
        Arrays.stream(ImageOption.values())
                .filter(option -> option.toString().equals(field.name()))
                .findFirst()
                .ifPresent(option -> {
                    throw new IllegalArgumentException("'" + option + "' is no extra: use " + flag(option));
                });
        return new ExtraField(field.name(), field.value());
    }

    private static String flag(ImageOption option) {
        return switch (option) {
            case N -> "-n";
            case REFERENCES -> "--reference";
            case PROVIDER -> "--route-only and the like";
            default -> "--" + option.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }
}
