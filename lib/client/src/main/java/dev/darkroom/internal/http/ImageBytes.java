package dev.darkroom.internal.http;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.DownloadFailedException.Reason;
import dev.darkroom.image.MagicBytes;
import dev.darkroom.settings.Limits;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a downloaded image into pieces of a handy size, and makes sure that it is one: nothing is let out
 * before its first bytes were recognized, whatever the server calls them.
 */
final class ImageBytes implements BodyDecoder<ByteBuffer> {

    /** Far below the size from which a garbage collector treats an array as a case of its own. */
    static final int PIECE = 64 * 1024;

    private static final byte[] NONE = {};

    private final String host;
    private final long limit;
    private final DownloadHeap room;
    private byte[] piece = NONE;
    private int used;
    private long size;
    private @Nullable String mediaType;

    ImageBytes(String host, long limit, DownloadHeap room) {
        this.host = host;
        this.limit = limit;
        this.room = room;
    }

    @Override
    public List<ByteBuffer> feed(ByteBuf chunk) {
        size += chunk.readableBytes();
        if (size > limit) {
            throw tooLarge(host, limit);
        }
        room.reserve(host, size);
        var pieces = new ArrayList<ByteBuffer>(2);
        while (chunk.isReadable()) {
            if (used == piece.length) {
                piece = new byte[PIECE];
                used = 0;
            }
            int length = Math.min(chunk.readableBytes(), piece.length - used);
            chunk.readBytes(piece, used, length);
            used += length;
            if (used == piece.length) {
                pieces.add(recognized(piece));
            }
        }
        return pieces;
    }

    @Override
    public boolean isDone() {
        return false;
    }

    @Override
    public List<ByteBuffer> end() {
        var rest = used == piece.length ? NONE : Arrays.copyOf(piece, used);
        if (size > 0 && rest.length == 0) {
            return List.of();
        }
        return List.of(recognized(rest));
    }

    /** What was compressed can end too early though the transfer did not. */
    @Override
    public List<ByteBuffer> end(BodyEnd end) {
        if (end.failure() != null) {
            throw end.failure();
        }
        if (!end.proven()) {
            throw new DownloadFailedException(
                    Reason.CUT, "the image was not fetched: " + host + " ended it too early", null, null);
        }
        return end();
    }

    private ByteBuffer recognized(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        if (mediaType == null) {
            mediaType = MagicBytes.mediaType(buffer);
        }
        if (mediaType == null) {
            var what = size == 0 ? "no bytes" : "bytes which are no known image's";
            throw new DownloadFailedException(Reason.NOT_AN_IMAGE, host + " sent " + what, null, null);
        }
        return buffer;
    }

    static DownloadFailedException tooLarge(String host, long limit) {
        return new DownloadFailedException(
                Reason.TOO_LARGE,
                "the image at " + host + " exceeds the limit of " + limit + " bytes; " + Limits.IMAGE_BYTES
                        + " raises it",
                null,
                null);
    }
}
