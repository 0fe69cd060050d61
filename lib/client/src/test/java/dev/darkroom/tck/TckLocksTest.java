package dev.darkroom.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.testsupport.HouseRules;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.TestEnvironment.ManualSubscriber;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class TckLocksTest {

    private final TestEnvironment environment = new TestEnvironment(60_000, 50, 50);

    @Test
    void aSubscriberOfTheTckMayWaitForItsQueueOnAnEventLoop() throws InterruptedException {
        var subscriber = new ManualSubscriber<>(environment);
        onAnEventLoop(() -> subscriber.onNext(new Parks()));
        assertThat(subscriber.nextElement()).isInstanceOf(Parks.class);
        environment.verifyNoAsyncErrorsNoDelay();
    }

    @Test
    void whatWaitsInTheSameWayElsewhereStillFails() {
        assertThatThrownBy(() -> onAnEventLoop(() -> String.valueOf(new Parks())))
                .hasRootCauseInstanceOf(BlockingOperationError.class);
        assertThat(HouseRules.takeDroppedErrors()).singleElement().isInstanceOf(BlockingOperationError.class);
    }

    private static void onAnEventLoop(Runnable work) {
        Mono.fromRunnable(work).subscribeOn(Schedulers.parallel()).block(Duration.ofMinutes(1));
    }

    /** Waits, as for a lock, where the TCK puts it into its queue: that wants its name for a message. */
    private static final class Parks {

        @Override
        public String toString() {
            LockSupport.parkNanos(1);
            return "parked";
        }
    }
}
