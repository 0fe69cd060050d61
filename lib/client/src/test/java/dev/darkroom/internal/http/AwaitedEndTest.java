package dev.darkroom.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** An answer that is whole before it ends, and one of which much is in hand. */
class AwaitedEndTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final TestPublisher<ByteBuf> socket = TestPublisher.create();
    private final Letters letters = new Letters();
    private final DecodeThenDrain<Character> decoded =
            new DecodeThenDrain<>(socket.flux(), letters, Runnable::run, time, () -> {});

    @AfterEach
    void stopTime() {
        time.dispose();
    }

    /** Capital letters are elements, handed on one at a time; a brace makes it whole, a full stop is the end. */
    private static final class Letters implements BodyDecoder<Character> {

        private final Queue<Character> left = new ArrayDeque<>();
        private boolean done;
        private boolean whole;
        private int fed;

        @Override
        public List<Character> feed(ByteBuf chunk) {
            fed++;
            for (char c : chunk.toString(StandardCharsets.US_ASCII).toCharArray()) {
                left.add(c);
            }
            while (!left.isEmpty()) {
                char c = left.remove();
                done |= c == '.';
                whole |= c == '}';
                if (Character.isUpperCase(c) || c == ' ') {
                    return c == ' ' ? List.of() : List.of(c);
                }
            }
            return List.of();
        }

        @Override
        public boolean hasMore() {
            return !left.isEmpty();
        }

        @Override
        public boolean isDone() {
            return done;
        }

        @Override
        public boolean isWhole() {
            return whole;
        }

        @Override
        public List<Character> end() {
            return List.of();
        }
    }

    private void receive(String text) {
        socket.next(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    @Test
    void theEndOfWhatIsWholeIsAwaitedForAShortTimeOnly() {
        StepVerifier.create(decoded)
                .then(() -> receive("{}"))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(249)))
                .then(() -> receive("x"))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(2)))
                .verifyComplete();
        assertThat(letters.fed).as("what follows is looked at").isEqualTo(2);
        socket.assertNotCancelled(); // drained as behind any last element
        time.advanceTimeBy(Duration.ofMillis(251));
        socket.assertCancelled();
    }

    @Test
    void theEndOfWhatIsWholeIsAwaitedForAFewBytesOnly() {
        StepVerifier.create(decoded)
                .then(() -> receive("{}"))
                .then(() -> receive("x".repeat(60_000)))
                .then(() -> receive("x".repeat(10_000)))
                .verifyComplete();
    }

    @Test
    void anEndThatComesInTimeIsTold() {
        StepVerifier.create(decoded)
                .then(() -> receive("{}"))
                .then(() -> socket.error(new IllegalStateException("reset")))
                .verifyErrorMessage("reset");
        time.advanceTimeBy(Duration.ofSeconds(1));
        socket.assertNotCancelled();
    }

    @Test
    void whatIsInHandIsReadOnDemandBeforeTheNextChunk() {
        StepVerifier.create(decoded, 1)
                .then(() -> receive("aBcD e F"))
                .expectNext(List.of('B'))
                .then(() -> assertThat(letters.left).hasSize(6))
                .thenRequest(1)
                .expectNext(List.of('D'))
                .then(() -> socket.complete())
                .thenRequest(1)
                .expectNext(List.of('F'))
                .verifyComplete();
    }

    @Test
    void aFailureWaitsForWhatIsInHand() {
        StepVerifier.create(decoded, 1)
                .then(() -> receive("AB"))
                .then(() -> socket.error(new IllegalStateException("reset")))
                .expectNext(List.of('A'))
                .thenRequest(1)
                .expectNext(List.of('B'))
                .verifyErrorMessage("reset");
    }

    @Test
    void muchThatMeansNothingIsReadToItsEnd() {
        StepVerifier.create(decoded, 1)
                .then(() -> receive(" ".repeat(1000) + "A."))
                .expectNext(List.of('A'))
                .thenRequest(1)
                .verifyComplete();
        assertThat(letters.fed).isGreaterThan(1000);
    }

    @Test
    void afterACancelNothingIsReadAnyMore() {
        StepVerifier.create(decoded, 1)
                .then(() -> receive("ABCD"))
                .expectNext(List.of('A'))
                .thenCancel()
                .verify();
        assertThat(letters.left).hasSize(3);
        socket.assertCancelled();
    }
}
