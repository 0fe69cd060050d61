package dev.darkroom.emulated;

import dev.darkroom.ImageClient;
import dev.darkroom.RateGates;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultHeader;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.emulator.journal.Journal;
import dev.darkroom.emulator.journal.Outcome;
import dev.darkroom.gate.RateGate;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.RateLimitedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * What became of a request which met a fault, and of a second one which met none, on the same connections and behind the same
 * gate.
 *
 * @param fault what went wrong with the first
 * @param gate the gate of both
 * @param events what the first emitted
 * @param failure how it failed, null if it did not
 * @param requests what the emulator wrote down of it, each attempt by itself
 * @param next how the second ended; null if it was not made, because the first was told to come back later
 */
record Trial(
        Fault fault,
        RateGate gate,
        List<ImageEvent> events,
        Throwable failure,
        List<Entry> requests,
        ImageResult next) {

    private static final String NAME = "x-trial";

    /** For the faults which are silences. Nothing else has a limit, so that a slow machine changes no outcome. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** Emits one trial, once the emulator knows the outcome of every attempt. */
    static Mono<Trial> of(Fault fault, ImageClient client, ImageRequest request, Journal journal) {
        return Mono.defer(() -> {
            var gate = RateGates.inMemory();
            var patient = client.rateLimits(r -> r.gate(gate));
            var late = fault == Fault.LATE_HEADERS ? "; lasting=0.2" : "";
            var faulty = request.header(FaultHeader.NAME, fault.word() + "; times=1" + late)
                    .header(NAME, fault.name());
            return limited(fault, patient)
                    .generate(faulty)
                    .materialize()
                    .collectList()
                    .flatMap(signals -> next(patient, request, signals)
                            .flatMap(next -> attempts(fault, journal)
                                    .map(attempts -> new Trial(
                                            fault,
                                            gate,
                                            events(signals),
                                            last(signals).getThrowable(),
                                            attempts,
                                            next.orElse(null)))));
        });
    }

    private static ImageClient limited(Fault fault, ImageClient client) {
        return switch (fault) {
            case STALL -> client.timeouts(t -> t.silence(SHORT));
            case STALLED_HEADERS, HALF_HEAD -> client.timeouts(t -> t.firstByte(SHORT));
            default -> client;
        };
    }

    private static Mono<Optional<ImageResult>> next(
            ImageClient client, ImageRequest request, List<Signal<ImageEvent>> signals) {
        return last(signals).getThrowable() instanceof RateLimitedException
                ? Mono.just(Optional.empty())
                : client.result(request).map(Optional::of);
    }

    /** Of a request whose client gave up before the emulator had read it, nothing is ever written down. */
    private static Mono<List<Entry>> attempts(Fault fault, Journal journal) {
        var attempts = Mono.fromSupplier(() -> journal.entries().stream()
                        .filter(entry -> entry.header(NAME).equals(Optional.of(fault.name())))
                        .toList())
                .filter(entries -> !entries.isEmpty()
                        && entries.stream().noneMatch(entry -> entry.outcome() instanceof Outcome.Pending))
                .repeatWhenEmpty(times -> times.delayElements(Duration.ofMillis(20)));
        return mayBeUnseen(fault) ? attempts.timeout(SHORT, Mono.just(List.of())) : attempts;
    }

    /** Whose client may give up before the emulator has read it. */
    static boolean mayBeUnseen(Fault fault) {
        return fault == Fault.STALLED_HEADERS || fault == Fault.HALF_HEAD;
    }

    private static Signal<ImageEvent> last(List<Signal<ImageEvent>> signals) {
        return signals.get(signals.size() - 1);
    }

    private static List<ImageEvent> events(List<Signal<ImageEvent>> signals) {
        return signals.stream().filter(Signal::isOnNext).map(Signal::get).toList();
    }

    Ending ending() {
        if (failure != null) {
            return Ending.of(failure);
        }
        if (!result().first().isLoaded()) {
            return Ending.WITHOUT_BYTES;
        }
        return requests.size() == 1 ? Ending.UNDERSTOOD : Ending.TRIED_AGAIN;
    }

    /** Of one that did not fail. */
    ImageResult result() {
        return ((ImageEvent.Completed) events.get(events.size() - 1)).result();
    }

    ImageException imageException() {
        return (ImageException) failure;
    }

    /** Attempts which may cost money: all that were accepted, unless an event refused them before anything was made. */
    List<Entry> taken() {
        return requests.stream()
                .filter(entry -> entry.images().accepted() > 0)
                .filter(entry -> entry.fault() != Fault.RATE_LIMIT_EVENT
                        || entry.images().made() > 0)
                .toList();
    }

    int billed() {
        return requests.stream().mapToInt(entry -> entry.images().billed()).sum();
    }
}
