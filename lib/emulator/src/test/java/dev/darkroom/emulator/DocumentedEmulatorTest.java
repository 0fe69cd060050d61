package dev.darkroom.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the emulator's page shows first, with a client of nobody's. */
class DocumentedEmulatorTest {

    @Test
    void aRefusalIsScriptedAndTheJournalTellsWhatWasAcceptedAndBilled() throws Exception {
        try (var emulator = ImageEmulator.create()
                .shrink(16)
                .quota(20, Duration.ofMinutes(1))
                .start()) {
            URI base = emulator.openAiBaseUrl();
            emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(2)));
            assertThat(status(base)).isEqualTo(429);
            assertThat(status(base)).isEqualTo(200);
            var journal = emulator.journal().awaitSettled(Duration.ofMinutes(1));
            assertThat(journal.accepted()).hasSize(1); // never asked for twice
            assertThat(journal.billed()).isEqualTo(1);
        }
    }

    @Test
    void faultsAreOrderedByTheirWords() {
        try (var emulator = ImageEmulator.create().start()) {
            emulator.enqueue("reset; bytes=1200", "slicer; size=1; delay=10ms");
            assertThat(emulator.remainingFaults()).isEqualTo(2);
        }
    }

    private static int status(URI base) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + "/images/generations"))
                .header("Authorization", "Bearer sk-test")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"model\":\"gpt-image-2\",\"prompt\":\"a fox\"}"))
                .timeout(Duration.ofMinutes(1))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
