package dev.darkroom.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer that is compressed, though nobody asked for it: by its label, or where its first byte is gzip's, which
 * begins no text and no image. What is not compressed passes as it is.
 *
 * <p>It is pulled, not pushed: a few bytes can mean a thousand times as many, so one piece is made of them at a time, and the
 * next when there is demand for it. Whoever reads the pieces counts them, so all limits hold for what was compressed as well;
 * what is held are the bytes of one chunk as they came, and a piece for each coding.
 *
 * <p>A label that lies is an error where there should be an image. A refusal is one whatever is said of its bytes, so there
 * they are read as they stand. What does not reach the end of its compression, or not as its checksum says, has an end that
 * proves nothing, or a broken one; what that means is for the decoder to say. Native memory is given back at the end, and by
 * the garbage collector after a cancellation.
 *
 * @param <T> what the decoder makes of it
 */
final class Inflating<T> implements BodyDecoder<T> {

    /** Codings one upon the other: more than anybody needs. */
    private static final int MOST_CODINGS = 3;

    /** Compressed bytes which may mean nothing: names of files, empty blocks. */
    private static final int MOST_IDLE = 1 << 20;

    private static final Pattern NAME = Pattern.compile("[\\w.-]{1,20}");

    private final BodyDecoder<T> decoder;
    /** The outermost first. */
    private final List<Inflation> layers = new ArrayList<>(1);

    private final boolean lieIsPlain;
    private boolean plain;
    private boolean begun;
    private boolean looked;
    private boolean more;
    private int idle;
    private @Nullable HttpFailure failure;

    private Inflating(BodyDecoder<T> decoder, boolean lieIsPlain) {
        this.decoder = decoder;
        this.lieIsPlain = lieIsPlain;
    }

    /**
     * A decoder of what a decoder would read if nothing were compressed.
     *
     * @param headers of the answer
     * @param status of the answer
     */
    static <T> BodyDecoder<T> where(HttpHeaders headers, int status, BodyDecoder<T> decoder) {
        var inflating = new Inflating<>(decoder, status / 100 != 2);
        var codings = new ArrayList<String>();
        for (String header : headers.getAll(HttpHeaderNames.CONTENT_ENCODING)) {
            Arrays.stream(header.toLowerCase(Locale.ROOT).split(","))
                    .map(String::strip)
                    .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                    .forEach(codings::add);
        }
        Collections.reverse(codings);
        codings.forEach(inflating::peel);
        return inflating;
    }

    private void peel(String coding) {
        var format = Inflation.Format.named(coding);
        if (format == null) {
            var name = NAME.matcher(coding).matches() ? coding : "a coding that has no proper name";
            fail("is compressed with " + name + ", which nobody asked for and we cannot read");
        } else if (layers.size() == MOST_CODINGS) {
            fail("is compressed more than " + MOST_CODINGS + " times");
        } else {
            layers.add(new Inflation(format));
        }
    }

    private void fail(String how) {
        failure = new HttpFailure(HttpFailure.Kind.COMPRESSION, true, "it " + how, null);
        more = false;
    }

    @Override
    public List<T> feed(ByteBuf chunk) {
        if (plain || failure != null) {
            return plain ? decoder.feed(chunk) : List.of();
        }
        if (chunk.isReadable()) {
            if (!begun) {
                begin(chunk.getByte(chunk.readerIndex()));
                return feed(chunk);
            }
            var bytes = new byte[chunk.readableBytes()];
            chunk.readBytes(bytes);
            layers.get(0).give(bytes, bytes.length);
            idle += bytes.length;
        }
        return begun ? pour() : List.of();
    }

    /** Looks at the first byte of all. */
    private void begin(byte first) {
        begun = true;
        if (layers.isEmpty() && first == Inflation.GZIP) {
            layers.add(new Inflation(Inflation.Format.GZIP));
        }
        var lie = !layers.isEmpty() && layers.get(0).cannotBeginWith(first);
        plain = layers.isEmpty() || (lie && lieIsPlain);
        if (lie && !plain) {
            fail("is said to be compressed with " + layers.get(0) + ", and is not");
        }
    }

    private List<T> pour() {
        try {
            int length = pull(layers.size() - 1);
            while (length > 0 && !looked) {
                var outer = layers.get(layers.size() - 1).piece();
                looked = outer[0] != Inflation.GZIP || layers.size() == MOST_CODINGS;
                if (!looked) { // compressed once more than the label says
                    var inner = new Inflation(Inflation.Format.GZIP);
                    inner.give(outer, length);
                    layers.add(inner);
                    length = pull(layers.size() - 1);
                }
            }
            more = length > 0;
            if (idle > MOST_IDLE) {
                throw new DataFormatException("compression without content");
            }
            var piece = Unpooled.wrappedBuffer(layers.get(layers.size() - 1).piece(), 0, length);
            return more ? decoder.feed(piece) : List.of();
        } catch (DataFormatException e) {
            fail("is said to be compressed, and cannot be read as such (" + e.getMessage() + ")");
            return List.of();
        }
    }

    /** Fills the piece of a layer, and says how far: not at all if that needs another chunk, or nothing more comes. */
    private int pull(int index) throws DataFormatException {
        var layer = layers.get(index);
        while (true) {
            int length = layer.fill();
            if (length > 0) {
                idle = index == layers.size() - 1 ? 0 : idle;
                return length;
            }
            int given = index == 0 || idle > MOST_IDLE ? 0 : pull(index - 1);
            if (given == 0) {
                return 0;
            }
            idle += given;
            layer.give(layers.get(index - 1).piece(), given);
        }
    }

    @Override
    public boolean hasMore() {
        return more;
    }

    @Override
    public boolean isDone() {
        return failure != null || decoder.isDone();
    }

    @Override
    public boolean isWhole() {
        return decoder.isWhole();
    }

    @Override
    public List<T> end() {
        return end(BodyEnd.PROVEN);
    }

    @Override
    public List<T> end(BodyEnd end) {
        layers.forEach(Inflation::close);
        if (failure != null) {
            return decoder.end(BodyEnd.broken(failure));
        }
        var cut = begun
                && !plain
                && end.proven()
                && !layers.get(layers.size() - 1).isFinished();
        return decoder.end(cut ? BodyEnd.UNPROVEN : end);
    }
}
