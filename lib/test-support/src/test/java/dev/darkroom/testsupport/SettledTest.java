package dev.darkroom.testsupport;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class SettledTest {

    private static final Duration A_WHILE = Duration.ofMillis(200);

    /** From where a script begins to where it is run, or to the end of the method that hands it out. */
    private static final Pattern SCRIPT =
            Pattern.compile("StepVerifier\\s*\\.create\\((.*?)(?:\\.verify|\\n    }\\n)", Pattern.DOTALL);

    /** Settled, or with steps or a demand of the test's own thread, before which there is no end to be waited for. */
    private static final Pattern WAITS_WELL = Pattern.compile(
            "\\bsettled\\(|\\.(?:then|thenAwait|thenRequest|expectNoEvent)\\(|, (?:\\d+|demand)\\)", Pattern.DOTALL);

    @Test
    void subscribingReturnsAtTheEndWhicheverItIs() {
        var heard = new ArrayList<String>();
        settled(Mono.delay(Duration.ofMillis(5)).thenReturn("done")).subscribe(heard::add);
        assertThat(heard).containsExactly("done");

        var failure = new AtomicReference<Throwable>();
        settled(Mono.delay(Duration.ofMillis(5)).then(Mono.error(new IllegalStateException("broken"))))
                .subscribe(value -> {}, failure::set);
        assertThat(failure.get()).hasMessage("broken");

        heard.clear();
        settled(Flux.interval(Duration.ofMillis(1)).map(String::valueOf))
                .take(2)
                .subscribe(heard::add);
        assertThat(heard).containsExactly("0", "1");
    }

    @Test
    void whoWaitsCostsNoCpu() {
        var threads = ManagementFactory.getThreadMXBean();
        settled(Mono.delay(Duration.ofMillis(1))).subscribe(); // classes are loaded
        var before = threads.getCurrentThreadCpuTime();
        settled(Mono.delay(A_WHILE)).subscribe();

        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(A_WHILE.dividedBy(2));
    }

    @Test
    void whoIsInterruptedStaysInterrupted() {
        Thread.currentThread().interrupt();

        var failure = new AtomicReference<Throwable>();
        settled(Mono.never()).subscribe(value -> {}, failure::set);

        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void everyStepVerifierInRealTimeIsSettled() {
        assertThat(Documents.files(Documents.root(), "Test.java"))
                .hasSizeGreaterThan(300)
                .filteredOn(file -> !file.endsWith("SettledTest.java"))
                .allSatisfy(file -> assertThat(bare(Documents.read(file)))
                        .as("%s: wrap the publisher with Settled.settled(..)", file.getFileName())
                        .isEmpty());
    }

    @Test
    void aBareOneIsFound() {
        assertThat(bare("StepVerifier.create(flux)\n.expectNext(1)\n.verifyComplete();"))
                .hasSize(1);
        assertThat(bare("return StepVerifier.create(flux);\n    }\n    void a() { settled("))
                .hasSize(1);
        assertThat(bare("StepVerifier.create(settled(flux)).verifyComplete();")).isEmpty();
        assertThat(bare("StepVerifier.create(flux, 0).thenRequest(1).expectNext(1).verifyComplete();"))
                .isEmpty();
        assertThat(bare("StepVerifier.withVirtualTime(() -> flux).verifyComplete();"))
                .isEmpty();
    }

    private static List<String> bare(String source) {
        return SCRIPT.matcher(source)
                .results()
                .map(script -> script.group(1))
                .filter(script -> !WAITS_WELL.matcher(script).find())
                .toList();
    }
}
