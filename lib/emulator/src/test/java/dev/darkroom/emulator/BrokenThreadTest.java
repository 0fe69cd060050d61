package dev.darkroom.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.emulator.gateway.common.Timing;
import dev.darkroom.emulator.journal.Journal;
import dev.darkroom.emulator.journal.Outcome;
import dev.darkroom.emulator.journal.RouteKind;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.EmulatorServer;
import dev.darkroom.emulator.server.FaultQueues;
import dev.darkroom.emulator.server.Gateway;
import dev.darkroom.emulator.server.Reply;
import dev.darkroom.emulator.server.ServerConfig;
import dev.darkroom.emulator.server.SseFrame;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** An {@code Error} on a thread of the emulator, which Reactor tells nobody of, ends its request and no other. */
class BrokenThreadTest {

    private final Scheduler workers = Schedulers.newBoundedElastic(2, 100, "emulator-drawing", 60, true);
    private final Journal journal = new Journal();
    private final EmulatorServer server = new EmulatorServer(
            new ServerConfig("127.0.0.1", 0, 0, 1 << 20),
            java.util.List.of(new Fragile()),
            FaultQueues.empty(),
            journal,
            Schedulers.parallel(),
            workers);

    /** Breaks where the path says. */
    private final class Fragile implements Gateway {

        @Override
        public String prefix() {
            return "/fragile";
        }

        @Override
        public RouteKind routeKind(String method, String route) {
            return RouteKind.OTHER;
        }

        @Override
        public Mono<Reply> answer(Call call) {
            var timing =
                    new Timing(Schedulers.parallel(), workers, Duration.ZERO, 0, Duration.ZERO, null).forCall(call);
            var slow = new Timing(Schedulers.parallel(), workers, Duration.ofMillis(20), 0, Duration.ZERO, null)
                    .forCall(call);
            return switch (call.route()) {
                case "/at-once" -> Mono.just(missing());
                case "/drawing" ->
                    Mono.fromCallable(BrokenThreadTest::missing)
                            .subscribeOn(timing.workers())
                            .map(drawn -> drawn);
                case "/composing" -> Mono.just(1).publishOn(timing.workers()).map(one -> missing());
                case "/waiting" -> Mono.delay(Duration.ofMillis(5), slow.time()).map(tick -> missing());
                case "/memory" -> Mono.just(1).publishOn(timing.workers()).map(one -> memory());
                case "/late-stream" ->
                    Mono.just(Reply.lateStream(
                            Flux.just(1).publishOn(timing.workers()).map(one -> missingFrame())));
                case "/stream" ->
                    Mono.just(Reply.stream(Flux.just(1, 2)
                            .publishOn(timing.workers())
                            .map(one -> one == 1 ? new SseFrame.Comment("begun") : missingFrame())));
                default -> Mono.just(errorReply(200, "fine"));
            };
        }

        @Override
        public Reply errorReply(int status, String message) {
            return Reply.document(status, "text/plain", message.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Reply missing() {
        throw new NoClassDefFoundError("a class of the tests that is not there");
    }

    private static SseFrame missingFrame() {
        throw new NoClassDefFoundError("a class of the tests that is not there");
    }

    private static Reply memory() {
        throw new OutOfMemoryError("of the tests");
    }

    @AfterEach
    void stop() {
        server.stop();
        workers.dispose();
    }

    private HttpResponse<String> ask(String route) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/fragile" + route))
                .timeout(Duration.ofSeconds(40))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/at-once", "/drawing", "/composing", "/waiting", "/memory"})
    void anErrorOfAThreadIsAnsweredWith500InTheWordsOfTheApi(String route) throws Exception {
        var answer = ask(route);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("Internal Server Error");
        assertThat(ask("/fine").body()).isEqualTo("fine");
    }

    @Test
    void aStreamThatHasNotBegunIsAnsweredWith500() throws Exception {
        assertThat(ask("/late-stream").statusCode()).isEqualTo(500);
        assertThat(ask("/fine").body()).isEqualTo("fine");
    }

    @Test
    void aStreamThatHasBegunIsCut() throws Exception {
        assertThatThrownBy(() -> ask("/stream")).isInstanceOf(IOException.class);
        assertThat(ask("/fine").body()).isEqualTo("fine");
    }

    @Test
    void theJournalHasTheOutcome() throws Exception {
        ask("/drawing");
        var settled = journal.awaitSettled(Duration.ofSeconds(30)).entries();
        assertThat(settled.get(0).outcome()).isInstanceOf(Outcome.Refused.class);
    }
}
