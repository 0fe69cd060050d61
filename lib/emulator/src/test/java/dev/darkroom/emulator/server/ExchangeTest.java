package dev.darkroom.emulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.Background;
import dev.darkroom.emulator.journal.BillingRule;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.emulator.journal.ImageCounter;
import dev.darkroom.emulator.journal.ImageCounts;
import dev.darkroom.emulator.journal.Journal;
import dev.darkroom.emulator.journal.Outcome;
import dev.darkroom.emulator.journal.RouteKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A client may hang up at any moment, also while its request is being read: no entry of the journal stays open for it. */
class ExchangeTest {

    private final Journal journal = new Journal();

    private Exchange exchange() {
        var call = new Call(
                "http",
                "GET",
                "/models",
                Map.of(),
                Map.of(),
                null,
                List.of(),
                0,
                Fault.NONE.once(),
                new ImageCounter(BillingRule.ACCEPTED),
                new FatalErrorGuard());
        var entry = new Entry(
                0,
                Instant.EPOCH,
                "GET",
                "/v1/models",
                "",
                Map.of(),
                null,
                null,
                0,
                Fault.NONE,
                new Outcome.Pending(),
                ImageCounts.NONE,
                RouteKind.OTHER,
                Background.NONE);
        return new Exchange(new Silent(), call, null, journal, entry, Schedulers.immediate());
    }

    @Test
    void aRequestThatNobodyAnswersAnyMoreIsNotWrittenDown() {
        assertThat(exchange()).as("read, and not begun").isNotNull();

        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void whatIsWrittenDownIsSettledThoughTheClientHasGoneBefore() {
        Mono.just(exchange())
                .flatMap(exchange -> exchange.run(Schedulers.immediate()))
                .subscribe()
                .dispose();

        assertThat(journal.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.isCancelled()).isTrue());
    }

    /** Never answers. */
    private static final class Silent implements Gateway {

        @Override
        public String prefix() {
            return "/v1";
        }

        @Override
        public RouteKind routeKind(String method, String route) {
            return RouteKind.OTHER;
        }

        @Override
        public Mono<Reply> answer(Call call) {
            return Mono.never();
        }

        @Override
        public Reply errorReply(int status, String message) {
            throw new AssertionError(message);
        }
    }
}
