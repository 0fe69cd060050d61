package dev.darkroom.internal.call;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.internal.http.BodyDecoder;
import dev.darkroom.internal.http.BodyEnd;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Objects;

/**
 * Reads the small body of an answer without success, to its end, so that the connection is free before anybody waits.
 * What is longer than any error is cut.
 *
 * @param <T> what the answer would have held
 */
final class RefusalDecoder<T> implements BodyDecoder<T> {

    private static final int MOST_BYTES = 64 * 1024;

    private final Dialect dialect;
    private final Reply reply;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    RefusalDecoder(Dialect dialect, Reply reply) {
        this.dialect = dialect;
        this.reply = reply;
    }

    @Override
    public synchronized List<T> feed(ByteBuf chunk) {
        var bytes = new byte[Math.min(chunk.readableBytes(), MOST_BYTES - body.size())];
        chunk.readBytes(bytes);
        body.writeBytes(bytes);
        return List.of();
    }

    @Override
    public synchronized boolean isDone() {
        return body.size() >= MOST_BYTES;
    }

    @Override
    public List<T> end() {
        throw failure();
    }

    /** It has begun to refuse; whether the rest of its words came does not matter. */
    @Override
    public List<T> end(BodyEnd end) {
        throw failure();
    }

    /** What the answer means, as far as it was read; asked on any thread. */
    synchronized ImageException failure() {
        try {
            return Objects.requireNonNull(dialect.failure(reply, body.toByteArray()));
        } catch (ImageException e) {
            return e;
        } catch (Throwable e) { // of a dialect which may be anybody's
            return new OutcomeUnknownException(
                    OutcomeUnknownException.Reason.UNDECODABLE,
                    dialect.name() + " answered " + reply.status() + ", and " + UserCode.threw("its dialect", e),
                    FailureDetails.NONE.withStatus(reply.status()),
                    PartialResult.NOTHING,
                    e);
        }
    }
}
