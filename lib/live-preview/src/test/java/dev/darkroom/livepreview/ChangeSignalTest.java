package dev.darkroom.livepreview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class ChangeSignalTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void whoTellsOfAChangeDoesNotWaitForAWatcherThatIsBusyAndTheWatcherHearsOfItAfterwards() throws Exception {
        var changes = new ChangeSignal();
        var busy = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        List<Long> handled = new ArrayList<>();
        changes.wakeUps().subscribe(wakeUp -> {
            handled.add(wakeUp);
            if (wakeUp == 1) {
                busy.countDown();
                await(release);
            }
        });
        changes.next();
        var telling = Mono.fromRunnable(changes::notifyWatchers)
                .subscribeOn(Schedulers.boundedElastic())
                .toFuture();
        assertThat(busy.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        changes.next();
        changes.notifyWatchers();
        release.countDown();
        telling.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(handled).containsExactly(0L, 1L, 2L);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
