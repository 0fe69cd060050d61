package dev.darkroom.internal.http;

import dev.darkroom.dialect.BodyPart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/**
 * The bytes of a request's body. Images are encoded piece by piece as the connection takes them; files are read on
 * {@link Schedulers#boundedElastic()}, never on an event loop.
 */
final class Upload {

    /** A multiple of three, so that every piece but the last encodes without padding. */
    private static final int PIECE = 48 * 1024;

    private Upload() {}

    static Flux<ByteBuf> of(List<BodyPart> parts) {
        return Flux.fromIterable(parts).concatMap(Upload::part, 1);
    }

    private static Flux<ByteBuf> part(BodyPart part) {
        if (part instanceof BodyPart.Literal literal) {
            // hidden, because a cancellation makes concatMap discard a scalar that was handed on already
            return Flux.just(Unpooled.wrappedBuffer(literal.content())).hide();
        }
        if (part instanceof BodyPart.Ascii ascii) {
            return Flux.generate(ascii::from, (from, sink) -> copyNext(ascii.text(), from, sink));
        }
        if (part instanceof BodyPart.Base64Bytes bytes) {
            return Flux.generate(bytes::content, Upload::encodeNext);
        }
        if (part instanceof BodyPart.RawFile raw) {
            return file(raw.path(), raw.size(), UnaryOperator.identity());
        }
        var file = (BodyPart.Base64File) part;
        return file(file.path(), file.size(), Base64.getEncoder()::encode);
    }

    private static Flux<ByteBuf> file(Path path, long size, UnaryOperator<byte[]> encoding) {
        return Flux.using(
                        () -> Files.newInputStream(path),
                        input -> Flux.<ByteBuf, Long>generate(
                                () -> 0L, (position, sink) -> readNext(input, size, position, encoding, sink)),
                        Upload::close)
                .onErrorMap(
                        IOException.class,
                        e -> new HttpFailure(
                                HttpFailure.Kind.UPLOAD, true, "a reference file could not be read to its end", e))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static Integer copyNext(String text, Integer from, SynchronousSink<ByteBuf> sink) {
        if (from >= text.length()) {
            sink.complete();
            return from;
        }
        var to = Math.min(text.length(), from + PIECE);
        sink.next(Unpooled.wrappedBuffer(text.substring(from, to).getBytes(StandardCharsets.US_ASCII)));
        return to;
    }

    private static ByteBuffer encodeNext(ByteBuffer rest, SynchronousSink<ByteBuf> sink) {
        if (!rest.hasRemaining()) {
            sink.complete();
            return rest;
        }
        var piece = new byte[Math.min(PIECE, rest.remaining())];
        rest.get(piece);
        sink.next(Unpooled.wrappedBuffer(Base64.getEncoder().encode(piece)));
        return rest;
    }

    private static Long readNext(
            InputStream input,
            long size,
            Long position,
            UnaryOperator<byte[]> encoding,
            SynchronousSink<ByteBuf> sink) {
        if (position >= size) {
            sink.complete();
            return position;
        }
        try {
            var piece = new byte[(int) Math.min(PIECE, size - position)];
            if (input.readNBytes(piece, 0, piece.length) < piece.length) {
                throw new IOException("the file became shorter while it was sent");
            }
            sink.next(Unpooled.wrappedBuffer(encoding.apply(piece)));
            return position + piece.length;
        } catch (IOException e) {
            sink.error(e);
            return position;
        }
    }

    /** Closing waits for who is reading, and who cancels may be an event loop. */
    private static void close(InputStream input) {
        Schedulers.boundedElastic().schedule(() -> {
            try {
                input.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
