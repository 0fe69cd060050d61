package dev.darkroom.tck;

import dev.darkroom.RateGates;
import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Ticket;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import reactor.core.publisher.Flux;

/** What a gate hands out, alone and in the way it is used. */
class GateTckTest {

    private static final Quota QUOTA = new Quota("images.example", "a1b2c3", "painter");

    @TestFactory
    Stream<DynamicTest> aTurnObeysTheRulesOfAPublisher() {
        return ReactiveStreamsTck.of(OneTurn::new);
    }

    @TestFactory
    Stream<DynamicTest> turnsOneAfterTheOtherDoToo() {
        return ReactiveStreamsTck.of(ManyTurns::new);
    }

    /** A gate which is closed for twenty milliseconds. */
    private static RateGate closedForAMoment() {
        var gate = RateGates.inMemory();
        gate.enter(QUOTA, 1)
                .permit()
                .subscribe(permit -> permit.refused(Instant.now().plusMillis(20)));
        return gate;
    }

    private static RateGate closedForLong() {
        var gate = RateGates.inMemory();
        gate.enter(QUOTA, 1)
                .permit()
                .subscribe(permit -> permit.refused(Instant.now().plusSeconds(60)));
        return gate;
    }

    private static final class OneTurn extends PublisherVerification<Permit> {

        OneTurn() {
            super(ReactiveStreamsTck.environment());
        }

        @Override
        public Publisher<Permit> createPublisher(long elements) {
            return closedForAMoment().enter(QUOTA, 1).permit().doOnNext(Permit::accepted);
        }

        @Override
        public Publisher<Permit> createFailedPublisher() {
            return closedForLong().enter(QUOTA, 1).permit(Ticket.FOR_EVER, Instant.now(), throttled -> {});
        }

        @Override
        public long maxElementsFromPublisher() {
            return 1;
        }
    }

    private static final class ManyTurns extends PublisherVerification<Long> {

        ManyTurns() {
            super(ReactiveStreamsTck.environment());
        }

        @Override
        public Publisher<Long> createPublisher(long elements) {
            var gate = RateGates.inMemory();
            return Flux.<Long, Long>generate(() -> 0L, (number, sink) -> {
                        sink.next(number);
                        return number + 1;
                    })
                    .take(elements)
                    .concatMap(
                            number -> Flux.using(
                                    () -> gate.enter(QUOTA, 1),
                                    ticket -> ticket.permit()
                                            .doOnNext(Permit::accepted)
                                            .thenReturn(number),
                                    Ticket::close),
                            1);
        }

        @Override
        public Publisher<Long> createFailedPublisher() {
            return closedForLong()
                    .enter(QUOTA, 1)
                    .permit(Ticket.FOR_EVER, Instant.now(), throttled -> {})
                    .thenReturn(1L)
                    .flux();
        }
    }
}
