package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.gate.BeforeSend;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Size;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import dev.darkroom.testsupport.SideBySide;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** What is done before a request is sent is done before each attempt, after every wait, and before the first byte. */
class BeforeSendTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST =
            ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse").size(Size.pixels(16, 16));

    private final RunningEmulator emulator = ImageEmulator.create().start();
    private final RateGate gate = RateGates.inMemory();
    private final ImageClient client = ImageClient.of(new OpenRouterDialect())
            .apiKey("sk-test")
            .baseUrl(emulator.openRouterBaseUrl().toString())
            .rateLimits(r -> r.gate(gate));
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        client.close();
        emulator.close();
    }

    private int posts() {
        return emulator.journal().entries().size();
    }

    private Mono<Void> step(String name) {
        return Mono.fromRunnable(() -> heard.add(name + " after " + posts()));
    }

    private Throwable failure(Mono<Void> step) {
        return client.generate(REQUEST)
                .contextWrite(BeforeSend.step(step))
                .then()
                .materialize()
                .block(PATIENCE)
                .getThrowable();
    }

    private void assertTheOthersAreUnhurt() {
        assertThat(client.result(REQUEST).block(PATIENCE).images()).hasSize(1);
        assertThat(gate.states())
                .allSatisfy(
                        state -> assertThat(state.inFlight() + state.waiting()).isZero());
    }

    @Test
    void nothingLeavesBeforeTheStepHasEnded() {
        var end = Sinks.<Void>empty();
        var begun = Sinks.<Void>empty();
        var step = end.asMono().doOnSubscribe(subscription -> begun.tryEmitEmpty());
        var result = client.result(REQUEST).contextWrite(BeforeSend.step(step)).toFuture();
        begun.asMono().block(PATIENCE);
        assertThat(posts()).isZero();

        end.tryEmitEmpty();

        assertThat(Mono.fromFuture(result).block(PATIENCE).images()).hasSize(1);
        assertThat(posts()).isOne();
    }

    @Test
    @SideBySide
    void itIsDoneAgainBeforeEachAttemptAndAfterTheWait() {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(1)));

        client.result(REQUEST)
                .contextWrite(BeforeSend.step(step("sent")))
                .contextWrite(Throttled.listener(wait -> heard.add("refused")))
                .block(PATIENCE);

        assertThat(heard).containsExactly("sent after 0", "refused", "sent after 1");
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    @SideBySide
    void whoeverWaitsForAnotherOnesRefusalHasNotBeenSent() {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(5)));
        var refused = Sinks.<Void>empty();
        var first = client.result(REQUEST)
                .contextWrite(Throttled.listener(wait -> refused.tryEmitEmpty()))
                .toFuture();
        refused.asMono().block(PATIENCE);
        var waits = Sinks.<Void>empty();
        var second = client.result(REQUEST)
                .contextWrite(BeforeSend.step(step("sent")))
                .contextWrite(Throttled.listener(wait -> {
                    heard.add("waits");
                    waits.tryEmitEmpty();
                }))
                .toFuture();
        waits.asMono().block(PATIENCE);

        assertThat(heard).doesNotContain("sent after 0", "sent after 1");

        assertThat(Flux.merge(Mono.fromFuture(first), Mono.fromFuture(second))
                        .map(ImageResult::images)
                        .collectList()
                        .block(PATIENCE))
                .hasSize(2);
        assertThat(heard.get(0)).isEqualTo("waits");
        assertThat(heard).filteredOn(word -> word.startsWith("sent")).hasSize(1);
    }

    @Test
    void aStepThatFailsFailsItsRequestOfWhichNothingWasSent() {
        var full = new IOException("the disk is full");

        assertThat(failure(Mono.error(full)))
                .isInstanceOf(RejectedException.class)
                .hasMessage("not sent: the step before sending threw IOException")
                .hasCause(full);
        assertThat(posts()).isZero();
        assertTheOthersAreUnhurt();
    }

    @Test
    void aStepThatThrowsAnErrorHurtsItsOwnRequestAlone() {
        assertThat(failure(Mono.fromRunnable(() -> {
                    throw new AssertionError("mine");
                })))
                .isInstanceOf(RejectedException.class)
                .hasCauseInstanceOf(AssertionError.class);
        assertThat(posts()).isZero();
        assertTheOthersAreUnhurt();
    }

    @Test
    void aStepThatNeverEndsIsOverWithTheDeadline() {
        var failure = client.generate(REQUEST.deadline(Duration.ofMillis(300)))
                .contextWrite(BeforeSend.step(Mono.never()))
                .then()
                .materialize()
                .block(PATIENCE)
                .getThrowable();

        assertThat(failure).isInstanceOf(UnavailableException.class).hasMessageContaining("deadline");
        assertThat(posts()).isZero();
        assertTheOthersAreUnhurt();
    }

    @Test
    void aCancelEndsTheStepAndSendsNothing() throws Exception {
        var begun = new CountDownLatch(1);
        var cancelled = new CountDownLatch(1);
        var step = Mono.<Void>never()
                .doOnSubscribe(subscription -> begun.countDown())
                .doOnCancel(cancelled::countDown);
        var subscription =
                client.generate(REQUEST).contextWrite(BeforeSend.step(step)).subscribe();
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

        subscription.dispose();

        assertThat(cancelled.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(posts()).isZero();
        assertTheOthersAreUnhurt();
    }

    @Test
    void closingTheClientEndsTheStep() throws Exception {
        var begun = new CountDownLatch(1);
        var step = Mono.<Void>never().doOnSubscribe(subscription -> begun.countDown());
        var end = client.generate(REQUEST)
                .contextWrite(BeforeSend.step(step))
                .then()
                .materialize()
                .toFuture();
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

        client.close();

        assertThat(Mono.fromFuture(end).block(PATIENCE).getThrowable()).isInstanceOf(RejectedException.class);
        assertThat(posts()).isZero();
    }

    @Test
    void itMayBlock() {
        var may = new AtomicBoolean();
        client.result(REQUEST)
                .contextWrite(BeforeSend.step(Mono.fromRunnable(() -> may.set(!Schedulers.isInNonBlockingThread()))))
                .block(PATIENCE);

        assertThat(may).isTrue();
    }

    @Test
    void stepsAddUpAndGoThroughADecoration() {
        var decorated =
                client.decorate(next -> request -> next.generate(request).doOnNext(event -> {}));

        decorated
                .generate(REQUEST)
                .contextWrite(BeforeSend.step(step("inner")))
                .contextWrite(BeforeSend.step(step("outer")))
                .ofType(ImageEvent.Completed.class)
                .blockLast(PATIENCE);

        assertThat(heard).containsExactly("outer after 0", "inner after 0");
    }

    @Test
    void whoHasNoStepWaitsForNobody() {
        assertThat(client.result(REQUEST).block(PATIENCE).images()).hasSize(1);
        assertThat(posts()).isOne();
    }
}
