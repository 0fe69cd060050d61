package dev.darkroom.internal.wire;

import org.jspecify.annotations.Nullable;

/** A string of a payload of which only the decoded bytes are left, and what is needed to have the string itself back. */
final class LiftedString {

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

    /** The string; null if its bytes were dropped, or if it is longer than text may be. */
    @Nullable
    String text(long textBytes) {
        if (start.text().length() + base64.most() > textBytes) {
            return null;
        }
        var out = new Bytes(textBytes, new HeapBudget(Long.MAX_VALUE));
        return base64.writeTo(out, false) ? start.text() + out.latin1() : null;
    }

    /** The string as the name of a member, which has to obey the limit for text. */
    String asName(long textBytes) {
        var name = text(textBytes);
        if (name == null) {
            throw WireException.LimitExceeded.text(textBytes);
        }
        return name;
    }

    /** Says only how much there is: Jackson shows this where a tree is printed. */
    @Override
    public String toString() {
        return blob().toString();
    }
}
