package dev.darkroom.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A string in which pictures were lifted out of a text.
 *
 * @param pieces in order: {@link String} for text, {@link Base64Text} for the characters of a picture
 */
record MixedString(List<Object> pieces) implements LongString {

    @Override
    public @Nullable String text(long textBytes) {
        var out = new Bytes(textBytes, new HeapBudget(Long.MAX_VALUE));
        for (Object piece : pieces) {
            if (!fits(piece, textBytes - out.size()) || !write(piece, out)) {
                return null;
            }
        }
        return out.utf8();
    }

    private static boolean fits(Object piece, long left) {
        return piece instanceof Base64Text base64
                ? base64.most() <= left
                : ((String) piece).getBytes(StandardCharsets.UTF_8).length <= left;
    }

    private static boolean write(Object piece, Bytes out) {
        if (piece instanceof Base64Text base64) {
            return base64.writeTo(out, false);
        }
        var text = ((String) piece).getBytes(StandardCharsets.UTF_8);
        out.append(text, 0, text.length);
        return true;
    }

    /** A {@code data:} URL that is broken where nobody breaks one is still one. */
    @Override
    public @Nullable SegmentedBlob blob(Supplier<ForgivingBase64> decoders) {
        if (!(pieces.get(0) instanceof String first) || !PictureStart.is(first)) {
            return null;
        }
        var type = DataUrl.in(first).mediaType();
        if (isPictureAlone() && pieces.get(1) instanceof Base64Text picture) {
            return picture.segments().blob(type);
        }
        var base64 = decoders.get();
        for (Object piece : pieces.subList(1, pieces.size())) {
            if (!Characters.feed(piece, characters -> Characters.all(base64, characters))) {
                return null;
            }
        }
        var whole = base64.finish();
        return whole == null ? null : whole.segments().blob(type);
    }

    private boolean isPictureAlone() {
        var rest = pieces.subList(1, pieces.size());
        return rest.get(0) instanceof Base64Text picture
                && picture.isComplete()
                && rest.stream().skip(1).allMatch(piece -> piece instanceof String text && text.isBlank());
    }

    /** Says only how much there is: Jackson shows this where a tree is printed. */
    @Override
    public String toString() {
        return "MixedString[" + pieces.size() + " pieces]";
    }
}
