package dev.darkroom.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.WallClock;
import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.DownloadFailedException.Reason;
import dev.darkroom.internal.http.ExchangeTimer.Phase;
import dev.darkroom.settings.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Somebody sets the clock on the wall, by hours or by years: no wait ends earlier or later for it. */
class SetClockTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final WallClock time = new WallClock();
    private final List<Throwable> failures = new ArrayList<>();

    SetClockTest() {
        VirtualTimeScheduler.set(time);
    }

    @AfterEach
    void resetTime() {
        VirtualTimeScheduler.reset();
    }

    private void endsIn(Duration wait) {
        time.advanceTimeBy(wait.minus(MOMENT));
        assertThat(failures).as("early").isEmpty();
        time.advanceTimeBy(MOMENT.multipliedBy(2));
        assertThat(failures).as("late").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-87_600, -1, 1, 87_600})
    void noLimitOfAnExchangeMoves(long hours) {
        for (var phase : List.of(Phase.SENDING, Phase.SENT, Phase.ANSWERED)) {
            failures.clear();
            var wire = new OnTheWire(new ExchangeTimer(
                    Timeouts.defaults()
                            .connect(SECOND)
                            .firstByte(SECOND.multipliedBy(20))
                            .silence(SECOND.multipliedBy(20)),
                    null));
            new WithinLimits<>(Flux.never(), wire, new CancelExecutor(), new ConnectionPools(), time)
                    .subscribe(element -> {}, failures::add);
            wire.timer().enter(phase, time.now(TimeUnit.NANOSECONDS));
            time.advanceTimeBy(SECOND.multipliedBy(5));
            time.set(Duration.ofHours(hours));
            endsIn(SECOND.multipliedBy(15));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-87_600, -1, 1, 87_600})
    void theTotalOfAnExchangeDoesNotMove(long hours) {
        var wire = new OnTheWire(new ExchangeTimer(
                Timeouts.defaults()
                        .connect(SECOND)
                        .firstByte(SECOND.multipliedBy(9))
                        .silence(SECOND.multipliedBy(9))
                        .total(SECOND),
                null));
        new WithinLimits<>(Flux.never(), wire, new CancelExecutor(), new ConnectionPools(), time)
                .subscribe(element -> {}, failures::add);
        time.advanceTimeBy(SECOND.dividedBy(2));
        time.set(Duration.ofHours(hours));
        endsIn(SECOND.dividedBy(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {-87_600, -1, 1, 87_600})
    void aServersWishToBeLeftAloneIsKeptToTheMoment(long hours) {
        var left = new DownloadDeadline(SECOND.multipliedBy(60));
        var tries = new ArrayList<Duration>();
        var began = time.now(TimeUnit.NANOSECONDS);
        Mono.defer(() -> {
                    tries.add(Duration.ofNanos(time.now(TimeUnit.NANOSECONDS) - began));
                    left.leftAlone(SECOND.multipliedBy(20));
                    return Mono.error(new DownloadFailedException(Reason.REFUSED, "later", 503, null, null));
                })
                .retryWhen(new DownloadRetry(left, UnaryOperator.identity()).asRetry())
                .subscribe(nothing -> {}, failures::add);
        time.advanceTimeBy(SECOND.multipliedBy(7));
        time.set(Duration.ofHours(hours));
        time.advanceTimeBy(SECOND.multipliedBy(13).minus(MOMENT));
        assertThat(tries).hasSize(1);
        time.set(Duration.ofHours(-hours).multipliedBy(2));
        time.advanceTimeBy(SECOND.multipliedBy(40));

        assertThat(tries).containsExactly(Duration.ZERO, SECOND.multipliedBy(20), SECOND.multipliedBy(40));
        assertThat(failures).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-87_600, -1, 1, 87_600})
    void whatIsLeftToADownloadIsWhatHasNotPassed(long hours) {
        var left = new DownloadDeadline(SECOND.multipliedBy(60));
        time.advanceTimeBy(SECOND.multipliedBy(10));
        time.set(Duration.ofHours(hours));

        assertThat(left.timeouts(URI.create("https://example.com/1.png")).total())
                .isEqualTo(SECOND.multipliedBy(50));
        assertThat(left.isLeft(SECOND.multipliedBy(50).minus(MOMENT))).isTrue();
        assertThat(left.isLeft(SECOND.multipliedBy(50))).isFalse();
    }
}
