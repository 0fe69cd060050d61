package dev.darkroom.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.Background;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.gateway.DashScope;
import dev.darkroom.image.ImageRequest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class DashScopeEmulatorTest extends UrlGatewayContract {

    @Override
    protected String gateway() {
        return "dashscope";
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("wan2.7-image-pro", "a lighthouse at dawn");
    }

    @Override
    protected boolean streams() {
        return false;
    }

    /** Its word for a spent quota is that of a limit by the minute. */
    @Override
    protected Map<Ending, Set<Fault>> endings() {
        return Map.of(
                Ending.TRIED_AGAIN,
                EnumSet.of(Fault.RATE_LIMIT_UPSTREAM, Fault.SPENT_QUOTA),
                Ending.REJECTED,
                EnumSet.of(
                        Fault.IN_FLIGHT_BUDGET,
                        Fault.RATE_LIMIT_AVAILABILITY,
                        Fault.REQUEST_TIMEOUT,
                        Fault.PROVIDER_ERROR,
                        Fault.EDGE_TIMEOUT,
                        Fault.IMAGE_FAILED),
                Ending.WITHOUT_BYTES,
                EnumSet.of(Fault.GARBAGE, Fault.EXPIRED_URL));
    }

    @Test
    void aTaskIsMadeOnceAndAskedForWhicheverWayItsModelKnows() {
        var models = List.of("wan2.7-image-pro", "wan2.6-t2i", "qwen-image-plus", "wan2.2-t2i-flash");
        var client = client();
        var made = Flux.fromIterable(models)
                .flatMap(model -> client.result(request().model(model).with(DashScope.ASYNC, true))
                        .materialize()
                        .map(end -> Map.entry(model, end)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .block(PATIENCE);
        var created = posts();
        SoftAssertions.assertSoftly(softly -> models.forEach(model -> {
            softly.assertThat(made.get(model).getThrowable()).as(model).isNull();
            softly.assertThat(made.get(model).get())
                    .as(model)
                    .satisfies(result -> assertThat(result.first().isLoaded()).isTrue());
            softly.assertThat(created)
                    .as(model)
                    .filteredOn(post -> post.body().path("model").asString().equals(model))
                    .hasSize(1);
        }));
        assertThat(created).hasSize(models.size());
    }

    @Test
    void whoeverCancelsATaskThatIsPendingCallsItOff() {
        try (var slow = ImageEmulator.create().latency(Duration.ofHours(1)).start();
                var there = client(slow)) {
            var call = there.generate(request().with(DashScope.ASYNC, true)).subscribe();
            await(
                    slow,
                    entry -> entry.path().contains("/tasks/") && entry.method().equals("GET"));
            call.dispose();
            await(
                    slow,
                    entry -> entry.path().endsWith("/cancel") && entry.status().isPresent());
            await(slow, entry -> entry.background() == Background.CANCELLED);
            assertThat(slow.journal().billed()).isZero();
        }
    }

    private static void await(RunningEmulator slow, Predicate<Entry> condition) {
        Mono.fromSupplier(() -> slow.journal().entries())
                .filter(entries -> entries.stream().anyMatch(condition))
                .repeatWhenEmpty(times -> times.delayElements(Duration.ofMillis(10)))
                .block(PATIENCE);
    }
}
