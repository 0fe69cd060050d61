package dev.darkroom.emulator.server;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.server.Reply.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes a reply to the socket, and brings about the faults which need one.
 *
 * <p>Made for one exchange. The head is flushed at once, or with the first chunk where the reply says so, every chunk
 * as it comes, in slices of 16 KiB as the socket takes them. The hard case is a break: it must come after what precedes it
 * has been written, and before the HTTP codec ends the body properly, so the publisher given to the server never completes
 * then; the close ends it.
 */
final class ResponseWriter {

    private static final int SLICE = 16 * 1024;
    private static final Duration LATE = Duration.ofSeconds(1);

    private final HttpServerResponse response;
    private final Fault.Plan plan;
    private final Scheduler time;
    private int events;
    private boolean broke;
    private boolean whole;

    ResponseWriter(HttpServerResponse response, Fault.Plan plan, Scheduler time) {
        this.response = response;
        this.plan = plan;
        this.time = time;
    }

    /** Events handed to the socket so far. */
    int events() {
        return events;
    }

    /** Whether the reply was handed over to its end. The server calls a send complete when the client hangs up, too. */
    boolean whole() {
        return whole;
    }

    /** Whether the emulator itself broke the connection. */
    boolean broke() {
        return broke;
    }

    Mono<Void> write(Reply reply) {
        return switch (plan.fault()) {
            case STALLED_HEADERS -> silence().then(close());
            case EMPTY_REPLY -> close();
            case LATE_HEADERS ->
                Mono.delay(plan.lasting() == null ? LATE : plan.lasting(), time).then(send(reply, false));
            case CUT -> send(reply, true).then(close());
            case RESET -> send(reply, true).then(reset());
            case STALL -> send(reply, true).then(silence()).then(close());
            case TRUNCATED -> {
                // Without a length and without chunks, HTTP/1.1 knows the end of the body by the end of the connection.
                response.header(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                        .chunkedTransfer(false);
                yield send(reply, true).doOnSuccess(done -> broke = true);
            }
            default -> send(reply, false);
        };
    }

    private Mono<Void> send(Reply reply, boolean halved) {
        var encoder = new ReplyEncoder(plan.fault());
        var encoded = encoder.headers(reply);
        response.status(encoded.status());
        encoded.headers().forEach(response::header);
        if (encoded.headers().containsKey("Content-Length")) {
            response.chunkedTransfer(false);
        }
        boolean stream = !(reply.content() instanceof Content.Document);
        var all = encoder.chunks(reply.content())
                .doOnNext(chunk -> events += stream && chunk.event() ? 1 : 0)
                .doOnComplete(() -> whole = true);
        var chunks = halved ? halve(all, stream ? plan.eventsBefore(1) : 0) : all;
        boolean late = reply.content() instanceof Content.Stream streamed && streamed.late();
        return late
                ? chunks.switchOnFirst((first, pending) -> writeIfStillThere(pending))
                        .then()
                : writeChunks(chunks);
    }

    /** Who waited for the head may have gone just now; that is heard of by the cancellation. */
    private Mono<Void> writeIfStillThere(Flux<Chunk> chunks) {
        return Mono.defer(() -> writeChunks(chunks)).onErrorResume(AbortedException.class, gone -> Mono.empty());
    }

    private Mono<Void> writeChunks(Flux<Chunk> chunks) {
        int slice = plan.is(Fault.DRIP) ? 1 : SLICE;
        return Mono.from(response.send(chunks.concatMap(chunk -> slices(chunk.bytes(), slice), 1), buffer -> true)
                .then());
    }

    /** Whole chunks until enough events have passed, then one half of the next, then the end. */
    private static Flux<Chunk> halve(Flux<Chunk> chunks, int before) {
        return Flux.defer(() -> {
            var passed = new int[1];
            return chunks.handle((chunk, sink) -> {
                if (chunk.event() && passed[0]++ == before) {
                    sink.next(chunk.firstHalf());
                    sink.complete();
                } else {
                    sink.next(chunk);
                }
            });
        });
    }

    private static Flux<ByteBuf> slices(byte[] bytes, int size) {
        return Flux.range(0, (bytes.length + size - 1) / size)
                .map(i -> Unpooled.wrappedBuffer(bytes, i * size, Math.min(size, bytes.length - i * size)));
    }

    private Mono<Void> silence() {
        return plan.lasting() == null
                ? Mono.never()
                : Mono.delay(plan.lasting(), time).then();
    }

    private Mono<Void> close() {
        return Mono.fromRunnable(() -> response.withConnection(connection -> close(connection.channel())))
                .then(Mono.never());
    }

    private Mono<Void> reset() {
        return Mono.fromRunnable(() -> response.withConnection(connection -> {
                    // A linger of 0 s makes the kernel send RST instead of FIN.
                    connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                    close(connection.channel());
                }))
                .then(Mono.never());
    }

    private void close(Channel channel) {
        broke = true;
        var unused = channel.close(); // its end is what the client sees, and the exchange
    }
}
