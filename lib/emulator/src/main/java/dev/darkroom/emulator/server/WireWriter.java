package dev.darkroom.emulator.server;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultParameter;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Writes an answer of HTTP/1.1 past the HTTP library, for the faults which it could not be asked for, and ends the connection as the
 * fault wants it. Made for one exchange, and used by its threads one after the other.
 *
 * <p>The hard case: the library must not take the exchange for answered, or it would answer, too. So what is returned never
 * completes; the end of the connection ends it.
 */
final class WireWriter {

    /** Those which need it whatever is said about them. */
    private static final Set<Fault> OWN = EnumSet.of(
            Fault.LENGTH_TOO_LONG,
            Fault.LENGTH_TOO_SHORT,
            Fault.TWO_LENGTHS,
            Fault.LENGTH_AND_CHUNKS,
            Fault.INVALID_LENGTH,
            Fault.CHUNK_TOO_LONG,
            Fault.CHUNK_TOO_SHORT,
            Fault.INVALID_CHUNK,
            Fault.HUGE_CHUNK,
            Fault.NO_LAST_CHUNK,
            Fault.ENDLESS_HEAD,
            Fault.HALF_HEAD,
            Fault.INFORMATIONAL,
            Fault.STRAY_ANSWER,
            Fault.HALF_CLOSE,
            Fault.GARBAGE,
            Fault.SLICER,
            Fault.BANDWIDTH,
            Fault.SLOW_CLOSE,
            Fault.TRUNCATED_RECORD,
            Fault.NO_CLOSE_NOTIFY);

    /** Those after which the client has all of a proper answer. */
    private static final Set<Fault> HARMLESS =
            EnumSet.of(Fault.INFORMATIONAL, Fault.STRAY_ANSWER, Fault.SLICER, Fault.BANDWIDTH, Fault.SLOW_CLOSE);

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int TICKS_PER_SECOND = 50;

    /** The head of a record of application data of 16 KiB, and a little of what it announces. */
    private static final byte[] BEGUN_RECORD = {0x17, 3, 3, 0x40, 0, 1, 2, 3, 4, 5, 6, 7, 8};

    private final ClientSocket socket;
    private final Fault.Plan plan;
    private final Scheduler time;
    private boolean broke;
    private boolean answered;

    WireWriter(ClientSocket socket, Fault.Plan plan, Scheduler time) {
        this.socket = socket;
        this.plan = plan;
        this.time = time;
    }

    /** Whether HTTP/1.1 needs it for this fault. */
    static boolean isFor(Fault.Plan plan) {
        return OWN.contains(plan.fault()) || plan.options().has(FaultParameter.BYTES);
    }

    /** Whether the emulator broke off, or what it wrote is no answer. */
    boolean broke() {
        return broke;
    }

    /** Whether the client got a whole, proper answer before the connection was ended. */
    boolean answered() {
        return answered;
    }

    Mono<Void> write(Reply reply, Flux<Chunk> chunks) {
        boolean inside = isInside();
        var sent = inside ? broken(reply, chunks) : chunks;
        var whole = !inside || plan.is(Fault.GARBAGE);
        return paced(atByte(new Http1Answer(plan, reply).bytes(sent, whole)))
                .then(Mono.defer(this::end))
                .onErrorResume(IOException.class, gone -> Mono.never()); // heard of by the cancellation
    }

    private Flux<Chunk> broken(Reply reply, Flux<Chunk> chunks) {
        int before = reply.content() instanceof Reply.Content.Document ? 0 : plan.eventsBefore(1);
        return plan.is(Fault.GARBAGE) ? Cut.spoiled(chunks, before, garbage()) : Cut.halved(chunks, before);
    }

    private int garbage() {
        return (int) plan.options().number(FaultParameter.SIZE, 16);
    }

    /** Whether the fault comes in the middle of an event, not at a byte. */
    private boolean isInside() {
        return !plan.options().has(FaultParameter.BYTES)
                && switch (plan.fault()) {
                    case HALF_CLOSE, GARBAGE, TRUNCATED_RECORD, NO_CLOSE_NOTIFY -> true;
                    default -> false;
                };
    }

    private Flux<byte[]> atByte(Flux<byte[]> bytes) {
        long at = plan.options().number(FaultParameter.BYTES, -1);
        return at < 0
                ? bytes
                : switch (plan.fault()) {
                    case CUT, RESET, STALL, TRUNCATED, HALF_CLOSE -> Bytes.limited(bytes, at);
                    case GARBAGE -> Bytes.spoiled(bytes, at, garbage());
                    default -> bytes; // their bytes are a length
                };
    }

    private Mono<Void> paced(Flux<byte[]> bytes) {
        return switch (plan.fault()) {
            case SLICER -> {
                var sliced = Bytes.sliced(bytes, (int) plan.options().number(FaultParameter.SIZE, 64));
                var pause = plan.options().duration(FaultParameter.DELAY);
                yield pause == null ? written(sliced) : written(sliced, pause);
            }
            case BANDWIDTH -> {
                long rate = plan.options().number(FaultParameter.RATE, 100) * 1024;
                yield written(
                        Bytes.sliced(bytes, (int) Math.max(1, rate / TICKS_PER_SECOND)),
                        Duration.ofSeconds(1).dividedBy(TICKS_PER_SECOND));
            }
            default -> written(bytes);
        };
    }

    private Mono<Void> written(Flux<byte[]> bytes) {
        return bytes.concatMap(socket::write, 1).then();
    }

    private Mono<Void> written(Flux<byte[]> bytes, Duration pause) {
        return bytes.concatMap(some -> Mono.delay(pause, time).then(socket.write(some)), 1)
                .then();
    }

    private Mono<Void> end() {
        answered = HARMLESS.contains(plan.fault());
        broke = !answered;
        return switch (plan.fault()) {
            case STALL, HALF_HEAD -> later(plan.lasting(), socket::close);
            case SLOW_CLOSE, STRAY_ANSWER -> later(Objects.requireNonNullElse(plan.lasting(), SOON), socket::close);
            case HALF_CLOSE -> now(socket::halfClose, later(plan.lasting(), socket::close));
            case TRUNCATED_RECORD -> socket.writeBelowTls(BEGUN_RECORD).then(now(socket::closeBelowTls, Mono.never()));
            case NO_CLOSE_NOTIFY -> now(socket::closeBelowTls, Mono.never());
            case RESET -> now(socket::reset, Mono.never());
            default -> now(socket::close, Mono.never());
        };
    }

    private static Mono<Void> now(Runnable end, Mono<Void> then) {
        return Mono.<Void>fromRunnable(end).then(then);
    }

    private Mono<Void> later(@Nullable Duration silence, Runnable end) {
        return silence == null ? Mono.never() : Mono.delay(silence, time).then(now(end, Mono.never()));
    }
}
