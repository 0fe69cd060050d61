package dev.darkroom.json;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Constants as words of JSON: {@code OUTCOME_UNKNOWN} is {@code outcome_unknown}. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Empty for no word, and for one of a later version. */
    static <E extends Enum<E>> Optional<E> constant(Class<E> type, @Nullable String word) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> of(constant).equals(word))
                .findFirst();
    }
}
