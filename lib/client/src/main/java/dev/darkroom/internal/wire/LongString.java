package dev.darkroom.internal.wire;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A string of a payload of which a long piece, or all, was lifted out as bytes. Immutable. */
sealed interface LongString permits LiftedString, MixedString {

    /** The string; null if some of its bytes were dropped, or if it is longer than text may be. */
    @Nullable
    String text(long textBytes);

    /**
     * The bytes for which all of it stands; null if there is more in it than base64.
     *
     * @param decoders for what has to be decoded anew
     */
    @Nullable
    SegmentedBlob blob(Supplier<ForgivingBase64> decoders);

    /** It in order: {@link String} for what was not lifted, {@link Base64Text} for what was. */
    List<Object> pieces();

    /** The string as the name of a member, which has to obey the limit for text. */
    default String asName(long textBytes) {
        var name = text(textBytes);
        if (name == null) {
            throw WireException.LimitExceeded.text(textBytes);
        }
        return name;
    }
}
