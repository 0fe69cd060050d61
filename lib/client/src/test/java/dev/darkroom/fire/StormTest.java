package dev.darkroom.fire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.RateGates;
import dev.darkroom.gate.GateState;
import dev.darkroom.gate.RateGate;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.testsupport.Slow;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Thousands of calls over shared connections and one gate, each with a fault of its own and a caller who may leave at any
 * moment, from another thread. Nobody pays twice, nobody hangs, and at the end nothing is left: no place in a queue, nothing
 * in flight, no connection. That no buffer leaks and no error is dropped is looked at after every test of this build.
 */
class StormTest {

    private static final int AT_ONCE = 32;
    private static final Duration HANGS = Duration.ofMinutes(3);
    private static final List<String> PROMISES =
            List.of("second bill", "wrong picture", "wrong type", "hang", "gate not empty", "connection left");

    private static final String SOON = "Retry-After-Ms: 20\r\n";

    private final FaultyServer server = new FaultyServer();
    private final RateGate gate = RateGates.inMemory();
    private final ImageClient client = ImageClient.openRouter("sk-test").rateLimits(r -> r.gate(gate));

    StormTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    /** What the server does. */
    private enum Weather {
        FAIR,
        CUT,
        RESET,
        CORRUPT,
        RATE_LIMITED,
        TURNED_AWAY,
        MIDDLE_BOX,
        GARBAGE,
        STALL,
        FAILED,
        SURPLUS;

        /** Whether a first answer says that nothing was begun, so that a second request is none too many. */
        boolean refusesFirst() {
            return this == RATE_LIMITED || this == TURNED_AWAY;
        }
    }

    /** What the caller does. */
    private enum Caller {
        STAYS,
        LEAVES,
        TAKES_ONE,
        ASKS_FOR_ONE
    }

    private record Trial(int number, Weather weather, Caller caller, Answer answer, List<Plan> plans, long micros) {

        static Trial of(int number, Random random) {
            var answer = Answer.any(random.nextBoolean() ? Answer.Kind.STREAM : Answer.Kind.DOCUMENT);
            var framing = random.nextBoolean() ? Framing.LENGTH : Framing.CHUNKED; // those that keep the connection
            var wire = answer.framed(framing);
            var weather = random.nextInt(3) == 0 ? Weather.FAIR : anyOf(Weather.class, random);
            // a stalled answer needs a caller who leaves
            var caller = weather == Weather.STALL ? Caller.LEAVES : anyOf(Caller.class, random);
            return new Trial(
                    number,
                    weather,
                    caller,
                    answer,
                    plans(weather, wire, random.nextInt(wire.length())),
                    random.nextInt(8_000));
        }

        private static <E extends Enum<E>> E anyOf(Class<E> kind, Random random) {
            var all = List.copyOf(EnumSet.allOf(kind));
            return all.get(random.nextInt(all.size()));
        }

        private static List<Plan> plans(Weather weather, Wire wire, int at) {
            var fair = new Plan(wire.text(), Plan.End.KEEP);
            return switch (weather) {
                case FAIR -> List.of(fair);
                case CUT -> List.of(Plan.cut(wire, at));
                case RESET -> List.of(Plan.reset(wire, at));
                case CORRUPT -> List.of(Plan.corrupt(wire, at));
                case RATE_LIMITED -> List.of(says("429 Too Many Requests", SOON, "{\"error\":{\"code\":429}}"), fair);
                case TURNED_AWAY -> List.of(says("503 Service Unavailable", SOON, ""), fair);
                case MIDDLE_BOX -> List.of(says("503 Service Unavailable", "", "upstream connect error"));
                case GARBAGE -> List.of(new Plan("\u0000\u0001?? HTTP\r\n\r\n", Plan.End.CLOSE));
                case STALL -> List.of(new Plan(wire.text().substring(0, at), Plan.End.STALL));
                case FAILED ->
                    List.of(says("500 Internal Server Error", "", "{\"error\":{\"code\":500,\"message\":\"no\"}}"));
                case SURPLUS -> List.of(new Plan(wire.text() + wire.text(), Plan.End.KEEP));
            };
        }

        private static Plan says(String status, String fields, String body) {
            return new Plan(
                    "HTTP/1.1 " + status + "\r\n" + fields + "Content-Type: application/json\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body,
                    Plan.End.KEEP);
        }

        /** Who is refused has a quota of their own, so that the pace learned from it is not that of all. */
        String quota() {
            return weather.refusesFirst() ? "a/" + number : "a/b" + number / 200;
        }

        int mostRequests() {
            return weather.refusesFirst() ? 2 : 1;
        }

        String row() {
            return weather + ", the caller "
                    + caller.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    @Test
    void nothingIsLeftAfterAThousandFaultyCalls() {
        assertNothingIsLeft(new Figures("a storm"), 1_000, 20_261_128);
    }

    @Test
    @Slow
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void nothingIsLeftAfterManyThousandFaultyCalls() {
        assertNothingIsLeft(new Figures("a long storm"), 20_000, System.nanoTime());
    }

    private void assertNothingIsLeft(Figures figures, int calls, long seed) {
        var random = new Random(seed);
        Flux.range(0, calls)
                .map(number -> Trial.of(number, random))
                .flatMap(trial -> run(trial, figures), AT_ONCE, 1)
                .blockLast();
        // who leaves is cancelled on the event loop of his connection, a moment later
        Flux.interval(Duration.ofMillis(20))
                .takeUntil(tick -> gate.states().stream().allMatch(state -> state.waiting() + state.inFlight() == 0))
                .take(3_000)
                .blockLast();
        for (GateState state : gate.states()) {
            if (state.waiting() + state.inFlight() > 0) {
                figures.broken("at the end", "gate not empty", state.toString());
            }
        }
        client.close();
        if (!allClosed()) {
            figures.broken("at the end", "connection left", server.open() + " open");
        }
        figures.report(PROMISES);
        assertThat(figures.broken()).as("seed " + seed).isEmpty();
        assertThat(figures.total()).as("seed " + seed).isEqualTo(calls);
    }

    /** The server hears of a closed connection a moment later. */
    private boolean allClosed() {
        return Boolean.TRUE.equals(Flux.interval(Duration.ofMillis(20))
                .map(tick -> server.open() == 0)
                .takeUntil(Boolean::booleanValue)
                .take(3_000)
                .last()
                .block());
    }

    private Mono<Void> run(Trial trial, Figures figures) {
        return Mono.defer(() -> {
            var url = server.expect(trial.plans());
            var request = trial.answer().request().model(trial.quota());
            return behaving(trial, client.baseUrl(url).generate(request))
                    .collectList()
                    .timeout(HANGS)
                    .doOnNext(events -> judge(trial, events, server.requests(url), figures))
                    .onErrorResume(failure -> {
                        judge(trial, failure, server.requests(url), figures);
                        return Mono.empty();
                    })
                    .then();
        });
    }

    private static Flux<ImageEvent> behaving(Trial trial, Flux<ImageEvent> events) {
        return switch (trial.caller()) {
            case STAYS -> events;
            case LEAVES ->
                events.takeUntilOther(Mono.delay(Duration.ofNanos(trial.micros() * 1_000), Schedulers.parallel()));
            case TAKES_ONE -> events.take(1);
            case ASKS_FOR_ONE -> events.limitRate(1);
        };
    }

    private static void judge(Trial trial, List<ImageEvent> events, int requests, Figures figures) {
        var end = events.isEmpty() ? null : events.get(events.size() - 1);
        if (end instanceof ImageEvent.Completed completed
                && trial.weather() != Weather.CORRUPT
                && !Arrays.equals(completed.result().first().toByteArray(), Answer.PNG)) {
            figures.broken(trial.row(), "wrong picture", "of call " + trial.number());
        } else if (requests > trial.mostRequests()) {
            figures.broken(trial.row(), "second bill", requests + " requests");
        } else {
            figures.count(trial.row(), end instanceof ImageEvent.Completed ? "delivered" : "left");
        }
    }

    private static void judge(Trial trial, Throwable failure, int requests, Figures figures) {
        var unknown = failure instanceof OutcomeUnknownException;
        var expected = switch (trial.weather()) {
            case FAIR, SURPLUS -> false;
            case FAILED -> failure instanceof GenerationFailedException;
            case RATE_LIMITED, TURNED_AWAY -> failure instanceof RateLimitedException;
            default -> unknown;
        };
        if (failure instanceof TimeoutException) {
            figures.broken(trial.row(), "hang", "call " + trial.number());
        } else if (requests > trial.mostRequests()) {
            figures.broken(trial.row(), "second bill", requests + " requests");
        } else if (unknown && requests < trial.mostRequests()) {
            figures.count(trial.row(), "lost with a connection that the server had closed meanwhile");
        } else if (!expected) {
            figures.broken(trial.row(), "wrong type", "call " + trial.number() + ": " + failure);
        } else {
            figures.count(trial.row(), failure.getClass().getSimpleName());
        }
    }
}
