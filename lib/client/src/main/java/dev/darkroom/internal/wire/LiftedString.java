package dev.darkroom.internal.wire;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A string of a payload of which only the decoded bytes are left, and what is needed to have the string itself back. */
final class LiftedString implements LongString {

    /** What the objects around the bytes keep on the heap. */
    private static final int OVERHEAD = 512;

    private final DataUrl start;
    private final Base64Text base64;
    private final long weight;

    /** @param weight what its bytes keep on the heap */
    LiftedString(DataUrl start, Base64Text base64, long weight) {
        this.start = start;
        this.base64 = base64;
        this.weight = weight + OVERHEAD;
    }

    long weight() {
        return weight;
    }

    SegmentedBlob blob() {
        return base64.segments().blob(start.mediaType());
    }

    Base64Text base64() {
        return base64;
    }

    @Override
    public SegmentedBlob blob(Supplier<ForgivingBase64> decoders) {
        return blob();
    }

    @Override
    public List<Object> pieces() {
        return start.length() == 0 ? List.of(base64) : List.of(start.text(), base64);
    }

    /** The string; null if its bytes were dropped, or if it is longer than text may be. */
    @Override
    public @Nullable String text(long textBytes) {
        if (start.text().length() + base64.most() > textBytes) {
            return null;
        }
        var out = new Bytes(textBytes, new HeapBudget(Long.MAX_VALUE));
        return base64.writeTo(out, false) ? start.text() + out.latin1() : null;
    }

    /** Says only how much there is: Jackson shows this where a tree is printed. */
    @Override
    public String toString() {
        return blob().toString();
    }
}
