package dev.darkroom.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

class DecodeThenDrainTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final TestPublisher<ByteBuf> socket = TestPublisher.create();
    private final Words words = new Words();
    private final AtomicInteger arrivals = new AtomicInteger();
    private final DecodeThenDrain<String> decoded =
            new DecodeThenDrain<>(socket.flux(), words, Runnable::run, time, arrivals::incrementAndGet);

    @AfterEach
    void stopTime() {
        time.dispose();
    }

    /** Elements end with a semicolon, the last one with a full stop; an exclamation mark is a bug in the decoder. */
    private static final class Words implements BodyDecoder<String> {

        private final StringBuilder word = new StringBuilder();
        private boolean done;
        private int fed;

        @Override
        public List<String> feed(ByteBuf chunk) {
            fed++;
            var elements = new ArrayList<String>();
            for (char c : chunk.toString(StandardCharsets.US_ASCII).toCharArray()) {
                if (c == '!') {
                    throw new IllegalStateException("bug");
                }
                done |= c == '.';
                if (c == ';' || c == '.') {
                    elements.add(word.toString());
                    word.setLength(0);
                } else {
                    word.append(c);
                }
            }
            return elements;
        }

        @Override
        public boolean isDone() {
            return done;
        }

        @Override
        public List<String> end() {
            return List.of();
        }
    }

    private void receive(String text) {
        socket.next(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    @Test
    void chunksThatCompleteNothingAreReplacedByAnotherRequest() {
        StepVerifier.create(decoded, 1)
                .then(() -> receive("a"))
                .then(() -> socket.assertMinRequested(1))
                .then(() -> receive("b"))
                .then(() -> receive("c;d;e"))
                .expectNext(List.of("abc", "d"))
                .thenCancel()
                .verify();
        socket.assertCancelled();
    }

    @Test
    void theLastElementCompletesAtOnceWhileTheSocketIsStillRead() {
        StepVerifier.create(decoded, 1)
                .then(() -> receive("a."))
                .expectNext(List.of("a"))
                .verifyComplete();
        socket.assertNotCancelled();
        receive("data: [DONE]");
        assertThat(words.fed).as("what follows the last element is not decoded").isEqualTo(1);
        socket.complete();
        socket.assertNotCancelled();
    }

    @Test
    void theRestIsDrainedForAShortTimeOnly() {
        StepVerifier.create(decoded)
                .then(() -> receive("a."))
                .expectNextCount(1)
                .verifyComplete();
        time.advanceTimeBy(Duration.ofMillis(249));
        socket.assertNotCancelled();
        time.advanceTimeBy(Duration.ofMillis(2));
        socket.assertCancelled();
    }

    @Test
    void theRestIsDrainedForAFewBytesOnly() {
        StepVerifier.create(decoded)
                .then(() -> receive("a."))
                .expectNextCount(1)
                .verifyComplete();
        receive("x".repeat(60_000));
        socket.assertNotCancelled();
        receive("x".repeat(60_000));
        socket.assertCancelled();
    }

    @Test
    void cancellingOnTheLastElementLeavesTheConnectionToTheDrain() {
        StepVerifier.create(decoded.take(1))
                .then(() -> receive("a."))
                .expectNextCount(1)
                .verifyComplete();
        socket.assertNotCancelled();
    }

    @Test
    void cancellingBeforeItClosesTheConnectionAtOnce() {
        StepVerifier.create(decoded)
                .then(() -> receive("a;"))
                .expectNextCount(1)
                .thenCancel()
                .verify();
        socket.assertCancelled();
    }

    @Test
    void aFailureOfTheRestIsNobodysBusiness() {
        StepVerifier.create(decoded)
                .then(() -> receive("a."))
                .expectNextCount(1)
                .verifyComplete();
        socket.error(new IllegalStateException("reset while draining"));
    }

    @Test
    void everyChunkIsAnArrivalAlsoBehindTheLastElement() {
        StepVerifier.create(decoded)
                .then(() -> receive("a"))
                .then(() -> receive("b."))
                .expectNext(List.of("ab"))
                .verifyComplete();
        receive("and more");
        assertThat(arrivals).hasValue(3);
    }

    @Test
    void aDecoderThatThrowsEndsBothSides() {
        StepVerifier.create(decoded).then(() -> receive("!")).verifyErrorMessage("bug");
        socket.assertCancelled();
    }

    @Test
    void anErrorOfTheDecoderIsToldTooAndNotOnlyAnException() {
        var broken = new DecodeThenDrain<>(socket.flux(), new Broken(), Runnable::run, time, () -> {});
        StepVerifier.create(broken).then(() -> receive("a")).verifyError(AssertionError.class);
        socket.assertCancelled();
    }

    private static final class Broken implements BodyDecoder<String> {

        @Override
        public List<String> feed(ByteBuf chunk) {
            throw new AssertionError("broken");
        }

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public List<String> end() {
            return List.of();
        }
    }

    @Test
    void theEndOfTheSocketIsTheEnd() {
        StepVerifier.create(decoded)
                .then(() -> receive("a;b"))
                .expectNextCount(1)
                .then(socket::complete)
                .verifyComplete();
    }
}
