package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.emulator.journal.Outcome;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.StepVerifier;

/**
 * What holds at every gateway which the emulator speaks, over real sockets. Client and emulator share no code, so each judges
 * the other.
 */
public abstract class EmulatedGatewayContract {

    protected static final Duration PATIENCE = Duration.ofSeconds(30);

    protected final RunningEmulator emulator = ImageEmulator.create().start();
    protected final ImageClient client = client(emulator);

    /** A client of the gateway as the emulator plays it. */
    protected abstract ImageClient client(RunningEmulator emulator);

    /** A small picture, buffered. */
    protected abstract ImageRequest request();

    /** Faults which only look odd: the picture is there all the same, streamed or not. */
    protected abstract EnumSet<Fault> oddities();

    @AfterEach
    void stop() {
        client.dispose();
        emulator.close();
    }

    protected final List<ImageEvent> events(ImageRequest request) {
        return client.generate(request).collectList().block(PATIENCE);
    }

    protected final List<Entry> posts() {
        return emulator.journal().entries().stream()
                .filter(entry -> entry.method().equals("POST"))
                .toList();
    }

    private static void assertEndsWell(List<ImageEvent> events) {
        assertThat(events.subList(0, events.size() - 1)).allMatch(ImageEvent.Progress.class::isInstance);
        var end = (ImageEvent.Completed) events.get(events.size() - 1);
        assertThat(end.result().first().index()).isZero();
    }

    @Test
    void aBufferedPictureIsOneEvent() {
        var events = events(request());
        assertThat(events).hasSize(1);
        assertEndsWell(events);
    }

    @Test
    void askingForAStreamEndsWellWhetherOrNotTheGatewayStreams() {
        assertEndsWell(events(request().stream(true)));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void noFaultOfTheGatewayIsEverPaidForTwiceNorCalledRetryableIfItMayHaveBeen(Fault fault) {
        emulator.enqueue(fault);
        var caught = new ArrayList<Throwable>();
        client.longestWait(Duration.ofSeconds(3))
                .firstByteTimeout(Duration.ofMillis(1500))
                .silenceTimeout(Duration.ofSeconds(1))
                .generate(request().stream(true))
                .doOnError(caught::add)
                .onErrorComplete()
                .blockLast(PATIENCE);
        var taken = posts().stream()
                .filter(entry -> !(entry.outcome() instanceof Outcome.Refused))
                .filter(entry -> entry.fault() != Fault.RATE_LIMIT_EVENT)
                .count();
        assertThat(taken).as("requests which the gateway did not refuse").isLessThanOrEqualTo(1);
        assertThat(caught).allMatch(ImageException.class::isInstance);
        if (taken > 0) {
            assertThat(caught).noneMatch(e -> e instanceof RateLimitedException || e instanceof UnavailableException);
        }
    }

    @Test
    void whatIsOnlyOddIsUnderstood() {
        for (Fault oddity : oddities()) {
            emulator.enqueue(oddity);
            StepVerifier.create(client.result(request().stream(true)))
                    .as(oddity.name())
                    .assertNext(result ->
                            assertThat(result.images()).as(oddity.name()).hasSize(1))
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }
}
