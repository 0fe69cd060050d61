package dev.darkroom.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class ShutdownTest {

    /** Spring would wait half a minute for streams that never end. */
    @Test
    void aServerThatStopsCancelsWhatIsUnderWayAndDoesNotWaitForThePagesThatAreOpen() {
        var context = PreviewApplication.application()
                .run("--server.port=0", "--darkroom.emulator.enabled=true", "--darkroom.emulator.latency=10m");
        var port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        try (var visitor = new Visitor(port)) {
            visitor.ask("a fox");
            var journal = context.getBean(RunningEmulator.class).journal();
            Flux.interval(Duration.ofMillis(20))
                    .filter(tick -> journal.entries().stream()
                            .anyMatch(entry -> entry.method().equals("POST")))
                    .blockFirst(Duration.ofMinutes(3));
            var cancelled = journal.settled().filter(Entry::isCancelled).next().toFuture();
            var started = Instant.now();
            context.close();
            assertThat(Duration.between(started, Instant.now()))
                    .as("the drawing would take longer")
                    .isLessThan(Duration.ofMinutes(9));
            // written down on an event loop of the emulator
            assertThat(cancelled).succeedsWithin(Duration.ofMinutes(1));
        }
    }
}
