package dev.darkroom.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One picture in a text, of which the characters come in pieces. In either alphabet, and also where both are mixed. */
final class PictureInPieces {

    private final Decoding decoding;
    private final String beginning;
    /** The first piece, as long as it is the only one: then its bytes need not be decoded again. */
    private @Nullable Base64Text only;

    private @Nullable ForgivingBase64 base64;
    /** Bytes of pieces that were too large to be kept. */
    private long lost;

    private boolean broken;

    PictureInPieces(Decoding decoding, String beginning) {
        this.decoding = decoding;
        this.beginning = beginning;
    }

    /** How it began. */
    String beginning() {
        return beginning;
    }

    boolean isEmpty() {
        var decoded = base64 == null ? 0 : base64.characters();
        return only == null && lost == 0 && decoded == 0;
    }

    /** Takes characters of a text, and tells where the picture ends; at the end of the text it may go on. */
    int read(String text, int from) {
        var characters = text.substring(from).getBytes(StandardCharsets.US_ASCII);
        return from + read(characters, only != null && isOver(characters));
    }

    /** Behind whole pieces there is mostly nothing more, and then nothing need be decoded again. */
    private boolean isOver(byte[] characters) {
        if (characters.length == 0) {
            return false;
        }
        byte next = characters[0];
        if (next == '\r' || next == '\n') {
            return !broken;
        }
        return !Alphabet.STANDARD.has(next) && !Alphabet.URL_SAFE.has(next) && next != '=';
    }

    private int read(byte[] characters, boolean over) {
        if (over || characters.length == 0) {
            return 0;
        }
        var decoder = decoder();
        standard(characters);
        int i = decoder.run(characters, 0, characters.length);
        while (i < characters.length && accept(decoder, characters[i])) {
            i = decoder.run(characters, i + 1, characters.length);
        }
        return i;
    }

    private boolean accept(ForgivingBase64 decoder, byte b) {
        boolean lineEnd = b == '\r' || b == '\n';
        broken |= lineEnd && PictureStart.isBroken(decoder, true);
        return (lineEnd ? broken : !Gaps.isWhiteSpace(b)) && decoder.accept(b);
    }

    private static void standard(byte[] characters) {
        for (int i = 0; i < characters.length; i++) {
            characters[i] = characters[i] == '-' ? (byte) '+' : characters[i] == '_' ? (byte) '/' : characters[i];
        }
    }

    /** Takes characters that were lifted; false if the picture ends among them, which then are lost with it. */
    boolean read(Base64Text piece) {
        broken |= piece.hasGaps();
        if (only == null && base64 == null && piece.isComplete()) {
            only = piece;
            return true;
        }
        return feed(piece);
    }

    private boolean feed(Base64Text piece) {
        var decoder = decoder();
        if (piece.segments().areDropped()) {
            lost += piece.segments().size();
            return true;
        }
        return Characters.feed(piece, characters -> {
            standard(characters);
            return Characters.all(decoder, characters);
        });
    }

    private ForgivingBase64 decoder() {
        var decoder = base64;
        if (decoder == null) {
            decoder = decoding.decoder();
            base64 = decoder;
        }
        var before = only;
        if (before != null) {
            only = null;
            feed(before);
        }
        return decoder;
    }

    /** Its bytes; none if it is no base64 in the end. Asked once. */
    SegmentedBlob blob() {
        var type = DataUrl.in(beginning).mediaType();
        if (only != null) {
            return only.segments().blob(type);
        }
        var whole = base64 == null ? null : base64.finish();
        if (lost > 0) {
            return new SegmentedBlob(List.of(), lost, type);
        }
        return whole == null
                ? new SegmentedBlob(List.of(), 0, type)
                : whole.segments().blob(type);
    }

    /** What its decoding keeps on the heap. */
    long weight() {
        return base64 == null ? 0 : base64.weight();
    }
}
