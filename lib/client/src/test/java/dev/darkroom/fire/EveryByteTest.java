package dev.darkroom.fire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.RateGates;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.testsupport.Slow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A good answer of each gateway, in each framing, cut, reset or corrupted at each of its bytes: a picture that arrived whole
 * is delivered, what did not is no success, nothing is sent twice, nothing hangs, and the exception says that the outcome is
 * unknown.
 */
class EveryByteTest {

    private static final int AT_ONCE = 16;

    /** Two hundred times what the slowest call was ever seen to take: who needs it hangs. */
    private static final Duration HANGS = Duration.ofMinutes(3);

    private static final List<String> PROMISES =
            List.of("false success", "lost picture", "second POST", "hang", "wrong type");

    private final FaultyServer server;
    private final Map<String, ImageClient> clients = new TreeMap<>();

    EveryByteTest() throws IOException {
        server = new FaultyServer();
        for (var answer : Answer.all()) {
            clients.computeIfAbsent(
                    answer.gateway(), name -> answer.door().apply("sk-test").downloads(d -> d.fetch(false)));
        }
    }

    @AfterEach
    void stop() throws IOException {
        clients.values().forEach(ImageClient::close);
        server.close();
    }

    private enum Fault {
        CUT,
        RESET,
        CORRUPT
    }

    /** One fault at one byte of one answer. */
    private record Trial(Answer answer, Framing framing, Wire wire, Fault fault, int at) {

        Plan plan() {
            return switch (fault) {
                case CUT -> Plan.cut(wire, at);
                case RESET -> Plan.reset(wire, at);
                case CORRUPT -> Plan.corrupt(wire, at);
            };
        }

        String row() {
            return answer + " " + framing + " " + fault;
        }
    }

    @Test
    void aFaultAtEverySeventeenthByteBreaksNoPromise() {
        assertNoPromiseBroken(new Figures("a fault at every seventeenth byte"), 17);
    }

    @Test
    @Slow
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void aFaultAtEveryByteBreaksNoPromise() {
        assertNoPromiseBroken(new Figures("a fault at every byte"), 1);
    }

    private void assertNoPromiseBroken(Figures figures, int stride) {
        var trials = trials(stride);
        Flux.fromIterable(trials)
                .flatMap(trial -> run(trial, figures), AT_ONCE, 1)
                .blockLast();
        figures.report(PROMISES);
        assertThat(figures.broken()).isEmpty();
        assertThat(figures.total()).isEqualTo(trials.size());
    }

    private static List<Trial> trials(int stride) {
        var trials = new ArrayList<Trial>();
        for (var answer : Answer.all()) {
            for (var framing : Framing.values()) {
                var wire = answer.framed(framing);
                for (var fault : Fault.values()) {
                    // another first byte for each, so that the strides together meet every place of an answer
                    var first = Math.floorMod(trials.size(), stride);
                    var last = fault == Fault.CORRUPT ? wire.length() - 1 : wire.length();
                    IntStream.rangeClosed(0, last)
                            .filter(at -> at % stride == first)
                            .forEach(at -> trials.add(new Trial(answer, framing, wire, fault, at)));
                }
            }
        }
        return trials;
    }

    private Mono<Void> run(Trial trial, Figures figures) {
        return Mono.defer(() -> {
            var url = server.expect(List.of(trial.plan()));
            var client =
                    clients.get(trial.answer().gateway()).baseUrl(url).rateLimits(r -> r.gate(RateGates.inMemory()));
            return client.generate(trial.answer().request())
                    .collectList()
                    .timeout(HANGS)
                    .doOnNext(events -> judgeSuccess(trial, events, figures))
                    .onErrorResume(failure -> {
                        if (failure instanceof OutcomeUnknownException && server.seen(url) == 0) {
                            figures.count(trial.row(), "lost with a connection that the server had closed meanwhile");
                        } else {
                            judgeFailure(trial, failure, figures);
                        }
                        return Mono.empty();
                    })
                    .then(Mono.fromRunnable(() -> {
                        var requests = server.requests(url);
                        if (requests > 1) {
                            figures.broken(trial.row(), "second POST", requests + " requests at " + trial.at());
                        }
                    }));
        });
    }

    private static void judgeSuccess(Trial trial, List<ImageEvent> events, Figures figures) {
        var end = (ImageEvent.Completed) events.get(events.size() - 1);
        var corrupt = trial.fault() == Fault.CORRUPT;
        var excused = corrupt && trial.wire().isPictureAt(trial.at());
        var right = excused || isRight(end.result().first());
        var early = !corrupt && trial.at() < trial.wire().enough();
        if (!right || early || end.result().images().size() != 1) {
            figures.broken(
                    trial.row(),
                    "false success",
                    "byte " + trial.at() + " of " + trial.wire().enough());
        } else {
            figures.count(trial.row(), "delivered");
        }
    }

    private static boolean isRight(GeneratedImage image) {
        return image.isLoaded()
                ? java.util.Arrays.equals(image.toByteArray(), Answer.PNG)
                : String.valueOf(image.url()).equals("https://example.com/a.png");
    }

    private static void judgeFailure(Trial trial, Throwable failure, Figures figures) {
        if (failure instanceof TimeoutException) {
            figures.broken(trial.row(), "hang", "byte " + trial.at());
        } else if (!(failure instanceof OutcomeUnknownException)) {
            figures.broken(trial.row(), "wrong type", "byte " + trial.at() + ": " + failure);
        } else if (trial.fault() == Fault.CUT && trial.at() >= trial.wire().enough()) {
            figures.broken(trial.row(), "lost picture", "byte " + trial.at() + ": " + failure);
        } else {
            figures.count(trial.row(), "unknown");
        }
    }
}
