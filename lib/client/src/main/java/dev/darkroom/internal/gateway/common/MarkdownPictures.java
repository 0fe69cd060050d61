package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Blob;
import dev.darkroom.dialect.PicturedText.Picture;
import dev.darkroom.dialect.PicturedText.Piece;
import dev.darkroom.dialect.PicturedText.Text;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Takes the pictures out of a text in Markdown that grows: {@code ![alt](https://…)}, and what stands around those that came as
 * bytes, so that the rest reads as if they had never been there. What may become a picture is held back, and not for long.
 */
final class MarkdownPictures {

    /** A part of the text: words, bytes, or the place of a picture; one of the three. */
    record Part(
            @Nullable String words,
            @Nullable Blob blob,
            @Nullable URI url) {}

    /** Brackets in it have partners, so that a text of nothing but brackets is looked at once. */
    private static final String IN_ALT = "(?:[^\\[\\]\\\\]|\\\\.|\\[[^\\[\\]]{0,200}\\]){0,300}+";

    private static final String ALT = "!\\[" + IN_ALT + "\\]";
    private static final String TITLE = "(?:\\s{1,9}(?:\"[^\"]{0,500}\"|'[^']{0,500}'))?";
    private static final Pattern LINKED =
            Pattern.compile(ALT + "\\(\\s{0,9}<?(https?://[^\\s<>()]{1,65536})>?" + TITLE + "\\s{0,9}\\)");

    /** The same with parentheses in the address, which end it only where they have no partner. */
    private static final Pattern NESTED = Pattern.compile(
            ALT + "\\(\\s{0,9}<?(https?://[^\\s<>()]{1,4000}(?:\\([^\\s<>()]{0,4000}\\)[^\\s<>()]{0,4000}){1,8})>?"
                    + TITLE + "\\s{0,9}\\)");

    private static final Pattern OPENED = Pattern.compile("(?s).*?(" + ALT + "\\(\\s{0,9}<?)$");
    private static final Pattern CLOSED = Pattern.compile("^>?" + TITLE + "\\s{0,9}\\)");
    private static final int LONGEST_TITLE = 600;
    private static final int LONGEST = 67_000;

    /** The same, cut off anywhere. */
    private static final Pattern BEGUN = Pattern.compile(
            "!(?:\\[" + IN_ALT
                    + "(?:\\\\|\\[[^\\[\\]]{0,200}|\\]|\\]\\(\\s{0,9}<?[^\\s<>]{0,65536}>?(?:\\s{1,9}(?:[\"'][^\"']{0,500}[\"']?)?)?\\s{0,9})?)?");

    private static final Blob NOTHING = new Blob() {

        @Override
        public long size() {
            return 0;
        }

        @Override
        public List<ByteBuffer> segments() {
            return List.of();
        }

        @Override
        public @Nullable String declaredMediaType() {
            return null;
        }

        @Override
        public boolean isTooLarge() {
            return false;
        }
    };

    private final StringBuilder held = new StringBuilder();
    private boolean opened;
    private int end;

    /** Reads a piece, and tells what is certain by now. */
    List<Part> read(Piece piece) {
        var parts = new ArrayList<Part>();
        if (piece instanceof Text text) {
            held.append(text.text());
            close(false);
            linked(parts);
            if (!opened) {
                tell(begun(), parts);
            }
        } else {
            open(parts);
            parts.add(new Part(null, ((Picture) piece).blob(), null));
        }
        return parts;
    }

    /** Nothing more comes than this. A picture with which a text ends that has not closed it has been cut off. */
    List<Part> end(List<Piece> last) {
        var parts = new ArrayList<Part>();
        for (var piece : last) {
            var read = read(piece);
            parts.addAll(opened && piece instanceof Picture ? read.subList(0, read.size() - 1) : read);
            if (opened && piece instanceof Picture) {
                parts.add(new Part(null, NOTHING, null));
            }
        }
        close(true);
        linked(parts);
        tell(held.length(), parts);
        return parts;
    }

    /** A picture that came as bytes stands here: what opened it is no text. */
    private void open(List<Part> parts) {
        close(true);
        linked(parts);
        int bang = held.lastIndexOf("![");
        var opening = bang < 0 ? null : OPENED.matcher(held.substring(bang));
        boolean isOpening = opening != null && opening.matches();
        tell(isOpening ? bang : held.length(), parts);
        held.setLength(0);
        opened = isOpening;
    }

    /** Nor is what closes it, which may not be there yet. */
    private void close(boolean last) {
        if (!opened) {
            return;
        }
        var closing = CLOSED.matcher(held);
        if (closing.find()) {
            held.delete(0, closing.end());
            opened = false;
        } else if (last || held.length() > LONGEST_TITLE || !isClosing()) {
            opened = false;
        }
    }

    private boolean isClosing() {
        var closing = CLOSED.matcher(held);
        return held.isEmpty() || (!closing.find() && closing.hitEnd());
    }

    private void linked(List<Part> parts) {
        for (int at = held.indexOf("!["); !opened && at >= 0; at = held.indexOf("![", at)) {
            var url = url(at);
            if (url == null) {
                at += 2;
                continue;
            }
            tell(at, parts);
            held.delete(0, end);
            parts.add(new Part(null, null, url));
            at = 0;
        }
    }

    private @Nullable URI url(int at) {
        for (Pattern pattern : List.of(LINKED, NESTED)) {
            var link = pattern.matcher(held).region(at, held.length());
            if (link.lookingAt()) {
                end = link.end() - at;
                return Fields.httpUrl(JsonNodeFactory.instance.stringNode(link.group(1)));
            }
        }
        return null;
    }

    /** Where what may become a picture begins. */
    private int begun() {
        for (int at = held.indexOf("!", Math.max(0, held.length() - LONGEST));
                at >= 0;
                at = held.indexOf("!", at + 1)) {
            if (BEGUN.matcher(held).region(at, held.length()).matches()) {
                return at;
            }
        }
        return held.length();
    }

    private void tell(int until, List<Part> parts) {
        if (until > 0) {
            parts.add(new Part(held.substring(0, until), null, null));
            held.delete(0, until);
        }
    }
}
