package dev.darkroom.wire;

import org.jspecify.annotations.Nullable;

/** A string of a payload of which only the decoded bytes are left, and what is needed to have the string itself back. */
final class LiftedString {

    private final DataUrl start;
    private final Base64Text base64;

    LiftedString(DataUrl start, Base64Text base64) {
        this.start = start;
        this.base64 = base64;
    }

    Blob blob() {
        return base64.segments().blob(start.mediaType());
    }

    /** The string; null if its bytes were dropped. */
    @Nullable
    String text() {
        return text(Integer.MAX_VALUE);
    }

    /** The string as the name of a member, which has to obey the limit for text. */
    String asName(long textBytes) {
        var name = text(textBytes);
        if (name == null) {
            throw WireException.LimitExceeded.text(textBytes);
        }
        return name;
    }

    private @Nullable String text(long limit) {
        var out = new Bytes(limit);
        return base64.writeTo(out, false) ? start.text() + out.latin1() : null;
    }

    /** Says only how much there is: Jackson shows this where a tree is printed. */
    @Override
    public String toString() {
        return blob().toString();
    }
}
