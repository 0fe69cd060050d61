package dev.darkroom.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ShutdownTest {

    /** Spring would wait half a minute for streams that never end. */
    @Test
    void aServerThatStopsCancelsWhatIsUnderWayAndDoesNotWaitForThePagesThatAreOpen() {
        var context = PreviewApplication.application()
                .run("--server.port=0", "--darkroom.emulator.enabled=true", "--darkroom.emulator.latency=10m");
        var port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        try (var visitor = new Visitor(port)) {
            visitor.await(visitor.ask("a fox"), "developing");
            var cancelled = context.getBean(RunningEmulator.class)
                    .journal()
                    .settled()
                    .filter(Entry::isCancelled)
                    .next()
                    .toFuture();
            var begun = Instant.now();
            context.close();
            assertThat(Duration.between(begun, Instant.now()))
                    .as("the drawing would take longer")
                    .isLessThan(Duration.ofMinutes(9));
            assertThat(cancelled).isCompleted();
        }
    }
}
