package dev.darkroom.emulator.server;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * A request's body, gathered up to a limit.
 *
 * <p>What exceeds the limit is read and thrown away, so that a client which writes before it reads sees the 413, up
 * to 64 MiB more; then the exchange is over whatever the client does. A body has 60 s to arrive.
 */
final class RequestBody {

    private static final long MAX_DISCARDED = 64L << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final long limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long size;

    private RequestBody(long limit) {
        this.limit = limit;
    }

    /** Emits the body. Fails with {@link TooLarge}, or with a {@code TimeoutException}. */
    static Mono<byte[]> read(HttpServerRequest request, long limit) {
        return request.receive()
                .reduceWith(() -> new RequestBody(limit), RequestBody::add)
                .timeout(TIMEOUT)
                .map(RequestBody::bytes);
    }

    private RequestBody add(ByteBuf next) {
        size += next.readableBytes();
        if (size > limit + MAX_DISCARDED) {
            throw new TooLarge(limit);
        }
        if (size <= limit) {
            copy(next);
        }
        return this;
    }

    private void copy(ByteBuf next) {
        try {
            next.readBytes(bytes, next.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: the stream is an array
        }
    }

    private byte[] bytes() {
        if (size > limit) {
            throw new TooLarge(limit);
        }
        return bytes.toByteArray();
    }

    /** The body exceeds the limit. */
    static final class TooLarge extends RuntimeException {
        TooLarge(long limit) {
            super("Request payload too large: the limit is " + limit + " bytes", null, false, false);
        }
    }
}
