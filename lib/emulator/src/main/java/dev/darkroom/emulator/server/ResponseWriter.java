package dev.darkroom.emulator.server;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultParameter;
import dev.darkroom.emulator.server.Reply.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http2.Http2Error;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes a reply to the socket, and brings about the faults which need one.
 *
 * <p>Made for one exchange. What HTTP itself could not be asked for is left to a {@link WireWriter}. The head is flushed at once, or with the first chunk where the reply says so, every chunk
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
    private @Nullable WireWriter wire;

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
        return broke || (wire != null && wire.broke());
    }

    /** Whether the client had a whole answer before the emulator itself ended the connection. */
    boolean endedWhole() {
        return wire != null && wire.answered();
    }

    Mono<Void> write(Reply reply) {
        return WireWriter.isFor(plan) ? writeWire(reply) : writeHttp(reply);
    }

    /** In place of an answer: the gateway was not asked for one. */
    Mono<Void> refuseStream() {
        return broken(socket -> {
            if (plan.is(Fault.GOAWAY_REFUSED)) {
                socket.goAway(false, code(Http2Error.NO_ERROR));
                socket.closeGently();
            } else {
                socket.resetStream(Http2Error.REFUSED_STREAM.code());
            }
        });
    }

    private long code(Http2Error usual) {
        return plan.options().number(FaultParameter.CODE, usual.code());
    }

    private Mono<Void> writeWire(Reply reply) {
        var writer = new WireWriter(ClientSocket.of(response), plan, time);
        wire = writer;
        var encoder = new ReplyEncoder(plan.fault());
        return writer.write(encoder.headers(reply), counted(reply, encoder));
    }

    private Mono<Void> writeHttp(Reply reply) {
        return switch (plan.fault()) {
            case STALLED_HEADERS -> silence().then(close());
            case EMPTY_REPLY -> close();
            case LATE_HEADERS ->
                Mono.delay(plan.lasting() == null ? LATE : plan.lasting(), time).then(send(reply, false));
            case GZIP_CUT -> send(reply, true).doOnSuccess(done -> broke = true);
            case CUT -> send(reply, true).then(close());
            case RESET -> send(reply, true).then(broken(ClientSocket::reset));
            case STALL -> send(reply, true).then(silence()).then(close());
            case STREAM_RESET ->
                send(reply, true).then(broken(socket -> socket.resetStream(code(Http2Error.INTERNAL_ERROR))));
            case GOAWAY_CUT -> goAway().then(send(reply, true)).then(close());
            case GOAWAY ->
                goAway().then(send(reply, false))
                        .doOnSuccess(done -> ClientSocket.of(response).closeGently());
            case TRUNCATED -> {
                // Without a length and without chunks, HTTP/1.1 knows the end of the body by the end of the connection.
                response.header(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                        .chunkedTransfer(false);
                yield send(reply, true).doOnSuccess(done -> broke = true);
            }
            default -> send(reply, false);
        };
    }

    private Mono<Void> goAway() {
        return Mono.fromRunnable(() -> ClientSocket.of(response).goAway(true, code(Http2Error.NO_ERROR)));
    }

    private Flux<Chunk> counted(Reply reply, ReplyEncoder encoder) {
        boolean stream = !(reply.content() instanceof Content.Document);
        return encoder.chunks(reply.content())
                .doOnNext(chunk -> events += stream && chunk.event() ? 1 : 0)
                .doOnComplete(() -> whole = true);
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
        var all = counted(reply, encoder);
        var chunks = halved ? Cut.halved(all, stream ? plan.eventsBefore(1) : 0) : all;
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
        return broken(ClientSocket::close);
    }

    /** Ends the answer in a way which HTTP does not know of, or not here. */
    private Mono<Void> broken(Consumer<ClientSocket> end) {
        return Mono.<Void>fromRunnable(() -> {
                    broke = true;
                    end.accept(ClientSocket.of(response));
                })
                .then(Mono.never()); // the end of the connection is what the client sees, and the exchange
    }
}
