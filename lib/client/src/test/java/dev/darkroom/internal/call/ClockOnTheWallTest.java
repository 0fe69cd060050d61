package dev.darkroom.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.RateGates;
import dev.darkroom.WallClock;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gate.Quota;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.settings.RateLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Somebody sets the clock on the wall while a call of the catalogue or of the store waits: nothing comes earlier or later for it. */
class ClockOnTheWallTest {

    private static final Path SOURCES =
            Path.of(System.getProperty("maven.basedir", ".")).resolve("src/main/java");

    /** What may only be read to say an instant to people, or to understand one that a server says. */
    private static final Pattern WALL = Pattern.compile(
            "Instant\\.now\\(|currentTimeMillis\\(|Clock\\.system|LocalDateTime\\.now|ZonedDateTime\\.now|new Date\\(|now\\(TimeUnit\\.(?!NANOSECONDS)");

    private final WallClock time = new WallClock();
    private final Clock clock = new Clock(time);
    private final List<Duration> tries = new ArrayList<>();

    ClockOnTheWallTest() {
        VirtualTimeScheduler.set(time);
    }

    @AfterEach
    void resetTime() {
        VirtualTimeScheduler.reset();
    }

    @ParameterizedTest
    @ValueSource(longs = {-87_600, -1, 1, 87_600})
    void aRefusalIsWaitedOutByTheClockThatNobodySets(long hours) {
        waitsFor(
                hours,
                new RateLimitedException(
                        "limited", FailureDetails.NONE, time.wall().plusSeconds(20)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-87_600, -1, 1, 87_600})
    void soIsTheTimeOfOneThatIsBusy(long hours) {
        waitsFor(
                hours,
                new UnavailableException(
                        "busy", FailureDetails.NONE, time.wall().plusSeconds(20), null));
    }

    private void waitsFor(long hours, Throwable failure) {
        var rule = new FreeRetry(
                RateLimits.of(RateGates.inMemory()).maxWait(Duration.ofSeconds(30)),
                new Backoff(() -> 0),
                clock,
                () -> new Quota("host", "c", "m"));
        var began = clock.nanos();
        clock.received(new Reply(429, Map.of(), time.wall()));
        time.set(Duration.ofHours(hours)); // between the head and its body
        Mono.defer(() -> {
                    tries.add(clock.since(began));
                    return tries.size() > 1 ? Mono.just("done") : Mono.error(failure);
                })
                .retryWhen(rule.asRetry())
                .subscribe();
        time.advanceTimeBy(Duration.ofSeconds(7));
        time.set(Duration.ofHours(hours));
        time.advanceTimeBy(Duration.ofSeconds(50));

        assertThat(tries).containsExactly(Duration.ZERO, Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(longs = {-87_600, -1, 1, 87_600})
    void aPriceListIsFreshForAnHourThatHasPassed(long hours) {
        var lists = new PriceLists();
        var asked = new AtomicInteger();
        var key = new PriceLists.Key(URI.create("https://example.com"), Quota.of("example.com", "sk-a", "a/b"));
        Runnable ask = () -> lists.of(key, this, Mono.fromCallable(() -> {
                    asked.incrementAndGet();
                    return List.of();
                }))
                .block();
        ask.run();
        time.advanceTimeBy(Duration.ofMinutes(59));
        time.set(Duration.ofHours(hours));
        ask.run();
        assertThat(asked).hasValue(1);
        time.advanceTimeBy(Duration.ofMinutes(1));
        ask.run();

        assertThat(asked).hasValue(2);
    }

    /** Each of these names an instant, or understands one; what waits asks for nanoseconds. */
    @Test
    void onlyThreeClassesLookAtTheWall() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            var looking = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> WALL.matcher(read(file)).find())
                    .map(file -> file.getFileName().toString());
            assertThat(looking).containsExactlyInAnyOrder("Clock.java", "Exchange.java", "Ticker.java");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
