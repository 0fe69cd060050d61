package dev.darkroom.dialect;

import java.util.List;

/**
 * A text in which pictures stand as {@code data:} URLs, as models write them in Markdown: {@code ![](data:image/png;base64,…)}.
 * The text may come in pieces over several payloads, cut anywhere; a picture in it is decoded as it comes and never is text.
 * Begun by {@code payload.picturedText()}, read by {@code payload.pieces(..)}; belongs to one answer and is used by one thread at a
 * time.
 */
public interface PicturedText {

    /**
     * Ends the text.
     *
     * @return what was held back
     */
    List<Piece> end();

    /** A piece of it. */
    sealed interface Piece {}

    /**
     * What is no picture.
     *
     * @param text as it reads, not empty
     */
    record Text(String text) implements Piece {

        @Override
        public String toString() {
            return "Text[" + text.length() + " chars]";
        }
    }

    /**
     * A picture, without the {@code data:} URL's beginning.
     *
     * @param blob its bytes; none of them if they cannot be decoded
     */
    record Picture(Blob blob) implements Piece {}
}
