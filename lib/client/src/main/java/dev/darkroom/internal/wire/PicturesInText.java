package dev.darkroom.internal.wire;

import dev.darkroom.dialect.PicturedText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells pictures from text in a text that comes in pieces, cut anywhere: in the middle of {@code data:image/png;base64,}, of a group
 * of four characters, of the padding. What was lifted in the middle of one payload is taken as it is; a picture that goes on
 * in the next is decoded again from its characters, block by block.
 *
 * <p>Used by the reading of one answer, on its event loop. The beginning that is held back is short; a picture weighs on the
 * answer's budget as it grows.
 */
final class PicturesInText implements PicturedText {

    private final Decoding decoding;
    private final StringBuilder held = new StringBuilder();
    private @Nullable PictureInPieces picture;

    PicturesInText(Decoding decoding) {
        this.decoding = decoding;
    }

    /**
     * Reads what comes next.
     *
     * @param parts of a string: {@link String} for what was not lifted, {@link Base64Text} for what was
     * @param payer takes over what a picture keeps on the heap once it is told
     */
    List<Piece> read(List<Object> parts, LongConsumer payer) {
        var pieces = new ArrayList<Piece>();
        for (Object part : parts) {
            if (part instanceof String text) {
                read(text, pieces, payer);
            } else {
                read((Base64Text) part, pieces, payer);
            }
        }
        if (picture == null) {
            tell(PictureStart.begun(held), pieces);
        }
        return pieces;
    }

    @Override
    public List<Piece> end() {
        var pieces = new ArrayList<Piece>();
        if (picture != null) {
            endPicture(picture, pieces, weight -> decoding.budget().giveBack(weight));
        }
        tell(held.length(), pieces);
        return pieces;
    }

    private void read(String text, List<Piece> pieces, LongConsumer payer) {
        int at = 0;
        while (at < text.length()) {
            if (picture != null) {
                at = picture.read(text, at);
                if (at < text.length()) {
                    endPicture(picture, pieces, payer);
                }
            } else {
                at = readText(text, at, pieces);
            }
        }
    }

    /** Up to where a picture begins, or may begin: behind a comma. */
    private int readText(String text, int from, List<Piece> pieces) {
        int comma = text.indexOf(',', from);
        int end = comma < 0 ? text.length() : comma + 1;
        held.append(text, from, end);
        int start = comma < 0 ? -1 : PictureStart.at(held, 0);
        if (start >= 0) {
            var beginning = held.substring(start);
            held.setLength(start);
            tell(start, pieces);
            picture = new PictureInPieces(decoding, beginning);
        }
        return end;
    }

    /** Base64 that begins no picture is text like any other, if there is not too much of it. */
    private void read(Base64Text base64, List<Piece> pieces, LongConsumer payer) {
        if (picture != null) {
            if (!picture.isEmpty()) {
                decoding.lifts().giveBack();
            }
            if (!picture.read(base64)) {
                endPicture(picture, pieces, payer);
            }
            return;
        }
        var out = new Bytes(decoding.limits().textBytes(), new HeapBudget(Long.MAX_VALUE));
        if (base64.most() > decoding.limits().textBytes() || !base64.writeTo(out, false)) {
            throw WireException.LimitExceeded.text(decoding.limits().textBytes());
        }
        held.append(out.latin1());
    }

    private void endPicture(PictureInPieces whole, List<Piece> pieces, LongConsumer payer) {
        picture = null;
        if (whole.isEmpty()) {
            held.append(whole.beginning());
            return;
        }
        pieces.add(new Picture(whole.blob()));
        payer.accept(whole.weight());
    }

    private void tell(int end, List<Piece> pieces) {
        if (end > 0) {
            pieces.add(new Text(held.substring(0, end)));
            held.delete(0, end);
        }
    }
}
