package dev.darkroom.livepreview;

import static dev.darkroom.livepreview.Pictures.image;
import static dev.darkroom.livepreview.Pictures.png;
import static dev.darkroom.livepreview.Pictures.preview;
import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.Usage;
import dev.darkroom.livepreview.Notice.State;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

class LivePreviewTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration GRACE = Duration.ofMillis(700);
    private static final Duration KEEP = Duration.ofMinutes(30);
    private static final ImageRequest REQUEST = ImageRequest.of("painter/one", "a lighthouse");

    @TempDir
    private Path root;

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final FakeGenerator generator = new FakeGenerator();
    private final List<String> expired = new ArrayList<>();

    private LivePreview page(int atOnce, int generations) {
        return page(atOnce, 100, generations);
    }

    private LivePreview page(int atOnce, int atOnceInAll, int generations) {
        var properties = new LivePreviewProperties(
                true, "/previews", GRACE, KEEP, Duration.ofSeconds(15), atOnce, atOnceInAll, generations, 10);
        return new LivePreview(
                "page",
                null,
                new PreviewSurroundings(
                        properties,
                        new FilePictureStore(root),
                        () -> generator,
                        new CostEstimates(null),
                        new RunningLimit(atOnceInAll),
                        clock,
                        expired::add));
    }

    private LivePreview page() {
        return page(8, 200);
    }

    private Generation start(LivePreview page) {
        return page.generation(page.develop(REQUEST).block(PATIENCE).id());
    }

    private static Notice await(LivePreview page, State state) {
        return page.notices().filter(notice -> notice.state() == state).blockFirst(PATIENCE);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ImageEvent completed(GeneratedImage... images) {
        return new ImageEvent.Completed(ImageResult.of(List.of(images)));
    }

    @Test
    void aBrowserHearsWhatThereIsAndThenWhatChanges() {
        var page = page();
        StepVerifier.create(page.notices())
                .then(() -> start(page))
                .assertNext(notice -> {
                    assertThat(notice.asked()).isEqualTo(new Notice.Asked("a lighthouse", "painter/one", 1, null, 0));
                    assertThat(notice.state()).isEqualTo(State.WAITING);
                })
                .then(() -> generator.say(preview(0, "blurred")))
                .assertNext(notice -> {
                    assertThat(notice.asked()).as("told once").isNull();
                    assertThat(notice.state()).isEqualTo(State.DEVELOPING);
                    assertThat(notice.images())
                            .containsExactly(new Notice.Image(0, 1, false, png("blurred").length, "image/png"));
                })
                .then(() -> generator.say(completed(image(0, "sharp"))))
                .thenConsumeWhile(notice -> notice.state() == State.DEVELOPING)
                .assertNext(notice -> {
                    assertThat(notice.state()).isEqualTo(State.DONE);
                    assertThat(notice.images()).hasSize(1).allMatch(Notice.Image::last);
                })
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void aBrowserThatComesLaterHearsAllAtOnce() {
        var page = page();
        var first = page.notices().subscribe();
        start(page);
        generator.say(completed(image(0, "sharp")));
        await(page, State.DONE);
        StepVerifier.create(page.notices(), 1)
                .assertNext(notice -> {
                    assertThat(notice.asked()).isNotNull();
                    assertThat(notice.state()).isEqualTo(State.DONE);
                })
                .thenCancel()
                .verify(PATIENCE);
        first.dispose();
    }

    @Test
    void aSlowBrowserMissesNothingButWhatANewerNoticeReplaces() throws IOException {
        var page = page();
        var attentive = page.notices().subscribe();
        StepVerifier.create(page.notices(), 0)
                .then(() -> {
                    start(page);
                    for (int i = 0; i < 50; i++) {
                        generator.say(preview(i, "preview " + i));
                    }
                    generator.say(completed(image(0, "sharp")));
                    await(page, State.DONE);
                })
                .thenRequest(1)
                .assertNext(notice -> assertThat(notice.state()).isEqualTo(State.WAITING)) // of its first wake-up
                .as("what was read ahead")
                .thenRequest(10)
                .assertNext(notice -> {
                    assertThat(notice.state()).isEqualTo(State.DONE);
                    assertThat(notice.images()).hasSize(1).allMatch(Notice.Image::last);
                })
                .expectNoEvent(Duration.ofMillis(50))
                .thenCancel()
                .verify(PATIENCE);
        attentive.dispose();
    }

    @Test
    void aBrowserThatLooksWhileAGenerationIsAddedIsToldOfItAfterwards() {
        var changes = new ChangeSignal();
        changes.next();
        var progress = new Progress(1, Notice.Asked.of(REQUEST), clock, changes);
        var seen = changes.last();
        assertThat(progress.since(0)).isNull();
        progress.introduce();
        assertThat(progress.since(seen)).isNotNull().extracting(Notice::asked).isNotNull();
        assertThat(progress.since(changes.last())).isNull();
    }

    @Test
    void nothingIsAskedForWhereNobodyListensAnyMore() {
        var page = page();
        page.notices().subscribe().dispose();
        assertThatThrownBy(() -> page.add(generator, REQUEST))
                .isInstanceOf(PreviewRefusedException.class)
                .hasMessageContaining("Nobody listens");
        assertThat(generator.asked).hasValue(0);
    }

    @Test
    void whatIsPutOnAPageOfOursIsAskedForWhenTheFirstBrowserListens() {
        var page = page();
        var generation = start(page);
        assertThat(generator.asked).hasValue(0);
        page.notices().subscribe();
        page.notices().subscribe();
        assertThat(generator.asked).hasValue(1);
        generator.say(completed(image(0, "sharp")));
        assertThat(await(page, State.DONE).id()).isEqualTo(generation.id());
    }

    @Test
    void whatIsPutOnAPageThatNobodyOpensIsNeverAskedFor() {
        var page = page();
        var generation = start(page);
        clock.advanceTimeBy(KEEP);
        assertThat(generation.isOver()).isTrue();
        assertThat(generator.asked).hasValue(0);
        assertThat(expired).containsExactly(page.id());
    }

    @Test
    void allPagesTogetherTakeNoMoreThanTheServersShare() {
        var page = page(8, 1, 200);
        page.notices().subscribe();
        var first = start(page);
        assertThatThrownBy(() -> page.add(generator, REQUEST)).hasMessageContaining("Many pictures are under way");
        first.cancel();
        page.add(generator, REQUEST);
    }

    @Test
    void aPictureThatIsStillBeingWrittenIsForgottenWithItsPage() {
        var page = page();
        page.notices().subscribe();
        start(page);
        var disk = new CountDownLatch(1);
        Schedulers.onScheduleHook("slow disk", write -> () -> {
            await(disk);
            write.run();
        });
        try {
            generator.say(completed(image(0, "ready")));
            page.close();
        } finally {
            disk.countDown();
            Schedulers.resetOnScheduleHook("slow disk");
        }
        StepVerifier.create(settled(page.generation(1).end())).expectComplete().verify(PATIENCE);
        gone(root.resolve("page"));
    }

    @Test
    void aClosedTabCancelsWhatIsUnderWayWithinASecond() {
        var page = page();
        var browser = page.notices().subscribe();
        var generation = start(page);
        browser.dispose();
        clock.advanceTimeBy(GRACE.minusMillis(1));
        assertThat(generator.cancelled).hasValue(0);
        clock.advanceTimeBy(Duration.ofMillis(1));
        assertThat(generator.cancelled).hasValue(1);
        assertThat(generation.isOver()).isTrue();
        assertThat(GRACE).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aBrowserThatComesBackWithinTheGraceLosesNothing() {
        var page = page();
        var browser = page.notices().subscribe();
        start(page);
        browser.dispose();
        clock.advanceTimeBy(GRACE.minusMillis(1));
        var again = page.notices().subscribe();
        clock.advanceTimeBy(KEEP.multipliedBy(2));
        assertThat(generator.cancelled).hasValue(0);
        assertThat(expired).isEmpty();
        again.dispose();
    }

    @Test
    void oneOfTwoBrowsersMayGo() {
        var page = page();
        var one = page.notices().subscribe();
        var other = page.notices().subscribe();
        start(page);
        one.dispose();
        clock.advanceTimeBy(KEEP);
        assertThat(generator.cancelled).hasValue(0);
        other.dispose();
        clock.advanceTimeBy(GRACE);
        assertThat(generator.cancelled).hasValue(1);
    }

    @Test
    void picturesAreKeptForAWhileAndThenForgotten() {
        var page = page();
        var browser = page.notices().subscribe();
        start(page);
        generator.say(completed(image(0, "sharp")));
        await(page, State.DONE);
        browser.dispose();
        clock.advanceTimeBy(GRACE.plus(KEEP).minusMillis(1));
        assertThat(root.resolve("page")).isNotEmptyDirectory();
        clock.advanceTimeBy(Duration.ofMillis(1));
        assertThat(expired).containsExactly(page.id());
        gone(root.resolve("page"));
    }

    @Test
    void aPageToWhichNobodyEverListenedIsForgotten() {
        var page = page();
        clock.advanceTimeBy(KEEP);
        assertThat(expired).containsExactly(page.id());
        gone(root.resolve("page"));
    }

    @Test
    void aBrowserThatComesJustAfterIsSentAwayForItsPicturesWouldHaveNoPlace() {
        var page = page();
        clock.advanceTimeBy(KEEP);
        StepVerifier.create(settled(page.notices()))
                .verifyErrorMatches(e -> e instanceof PreviewRefusedException refusal
                        && refusal.getStatusCode().value() == 404);
    }

    @Test
    void aPageThatIsClosedCancelsAtOnceAndSendsItsBrowsersAway() {
        var page = page();
        var browser = page.notices().subscribe();
        start(page);
        page.close();
        assertThat(generator.cancelled).hasValue(1);
        StepVerifier.create(settled(page.closed())).verifyComplete();
        assertThatThrownBy(() -> page.add(generator, REQUEST)).isInstanceOf(PreviewRefusedException.class);
        browser.dispose();
    }

    /** Files are deleted on a thread of their own. */
    private static void gone(Path path) {
        Mono.fromCallable(() -> Files.exists(path) ? null : path)
                .repeatWhenEmpty(attempts -> attempts.delayElements(Duration.ofMillis(10)))
                .block(PATIENCE);
    }

    @Test
    void cancellingByHandIsTheEnd() {
        var page = page();
        var browser = page.notices().subscribe();
        var generation = start(page);
        clock.advanceTimeBy(Duration.ofMillis(1234));
        generation.cancel();
        generation.cancel();
        assertThat(generator.cancelled).hasValue(1);
        assertThat(await(page, State.CANCELLED).elapsed()).isEqualTo(1234);
        browser.dispose();
    }

    @Test
    void aPictureThatHasComeIsKeptThoughItsGenerationIsCancelledWhileItIsWritten() throws IOException {
        var page = page();
        var browser = page.notices().subscribe();
        var generation = start(page);
        var disk = new CountDownLatch(1);
        Schedulers.onScheduleHook("slow disk", write -> () -> {
            await(disk);
            write.run();
        });
        try {
            generator.say(new ImageEvent.ImageReady(image(0, "ready")));
            generation.cancel();
            assertThat(generator.cancelled).hasValue(1);
        } finally {
            disk.countDown();
            Schedulers.resetOnScheduleHook("slow disk");
        }
        var notice = await(page, State.CANCELLED);
        assertThat(notice.images()).hasSize(1).allMatch(Notice.Image::last);
        assertThat(generation.progress().picture(0).content().getFile()).hasBinaryContent(png("ready"));
        browser.dispose();
    }

    @Test
    void whatIsCancelledBeforeItIsStartedAsksForNothing() {
        var page = page();
        var browser = page.notices().subscribe();
        var generation = page.add(generator, REQUEST);
        generation.cancel();
        generation.start(Context.empty());
        assertThat(generator.asked).hasValue(0);
        assertThat(generation.isOver()).isTrue();
        browser.dispose();
    }

    @Test
    void aWaitForARateLimitIsToldWithWhatIsLeftOfIt() {
        var page = page();
        var browser = page.notices().subscribe();
        var generation = start(page);
        var now = Instant.ofEpochMilli(clock.now(TimeUnit.MILLISECONDS));
        generation.progress().throttled(now.plusSeconds(12), 1);
        assertThat(await(page, State.THROTTLED).retryIn()).isEqualTo(12_000);
        clock.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(await(page, State.THROTTLED).retryIn()).isEqualTo(7_000);
        clock.advanceTimeBy(Duration.ofSeconds(50));
        assertThat(await(page, State.THROTTLED).retryIn()).isZero();
        generator.say(preview(0, "blurred"));
        assertThat(await(page, State.DEVELOPING).retryIn()).isNull();
        browser.dispose();
    }

    @Test
    void ofPreviewsThatWereReplacedTheLastOneStaysForABrowserThatIsAboutToOpenIt() throws IOException {
        var page = page();
        var browser = page.notices().subscribe();
        var generation = start(page);
        for (int i = 1; i <= 4; i++) {
            generator.say(preview(i, "preview " + i));
            var version = i;
            page.notices()
                    .filter(notice -> notice.images().stream().anyMatch(image -> image.version() == version))
                    .blockFirst(PATIENCE);
        }
        gone(root.resolve("page/1-0-1"));
        gone(root.resolve("page/1-0-2"));
        assertThat(root.resolve("page/1-0-3")).hasBinaryContent(png("preview 3"));
        assertThat(generation.progress().picture(0).content().getFile()).hasBinaryContent(png("preview 4"));
        browser.dispose();
    }

    @Test
    void aFailureKeepsWhatWasFinishedBeforeIt() throws IOException {
        var page = page();
        var browser = page.notices().subscribe();
        var generation = start(page);
        generator.say(new ImageEvent.ImageReady(image(1, "ready")), preview(0, "blurred"));
        var partialResult = new PartialResult(null, List.of(image(1, "ready"), image(2, "finished, and not told yet")));
        generator
                .events
                .tryEmitError(new OutcomeUnknownException(
                        OutcomeUnknownException.Reason.CUT, "cut", FailureDetails.NONE, partialResult, null))
                .orThrow();
        var notice = await(page, State.FAILED);
        assertThat(notice.problem().help()).contains("may have been made and billed");
        assertThat(notice.images()).extracting(Notice.Image::index).containsExactly(0, 1, 2);
        assertThat(notice.images()).extracting(Notice.Image::last).containsExactly(false, true, true);
        assertThat(generation.progress().picture(1).content().getFile()).hasBinaryContent(png("ready"));
        browser.dispose();
    }

    @Test
    void theEndTellsCostFailuresAndWarnings() {
        var page = page();
        var browser = page.notices().subscribe();
        start(page);
        var byUrl = GeneratedImage.at(2, "image/png", URI.create("https://storage.example/2.png"))
                .withDownloadFailure(new IOException("gone"));
        generator.say(new ImageEvent.Completed(new ImageResult(
                List.of(image(0, "sharp"), byUrl),
                List.of(new ImageFailure(1, "moderated", "no <b>boats</b>")),
                new Usage(1L, 2L, 3L, 1, new BigDecimal("0.011"), "USD", Map.of()),
                null,
                null,
                null,
                List.of("seed was left out"))));
        var notice = await(page, State.DONE);
        assertThat(notice.cost()).isEqualByComparingTo("0.011");
        assertThat(notice.warnings()).containsExactly("seed was left out");
        assertThat(notice.failures())
                .containsExactly(
                        new Notice.Missing(1, "is not coming: no <b>boats</b>"),
                        new Notice.Missing(
                                2,
                                "could not be fetched; the gateway keeps it for a while at https://storage.example/2.png"));
        browser.dispose();
    }

    @Test
    void aPictureThatCannotBeWrittenIsToldAndItsSiblingsStay() throws IOException {
        var page = page();
        var browser = page.notices().subscribe();
        start(page);
        Files.createDirectories(root.resolve("page/1-0-1/in the way"));
        generator.say(completed(image(0, "no room"), image(1, "sharp")));
        var notice = await(page, State.DONE);
        assertThat(notice.failures()).extracting(Notice.Missing::index).containsExactly(0);
        assertThat(notice.images()).extracting(Notice.Image::index).containsExactly(1);
        browser.dispose();
    }

    @Test
    void aPageTakesNoMoreThanItsShare() {
        var page = page(2, 3);
        var browser = page.notices().subscribe();
        var first = page.add(generator, REQUEST);
        page.add(generator, REQUEST);
        assertThatThrownBy(() -> page.add(generator, REQUEST)).hasMessageContaining("2 pictures are under way here");
        first.cancel();
        page.add(generator, REQUEST).cancel();
        assertThatThrownBy(() -> page.add(generator, REQUEST)).hasMessageContaining("keeps 3 pictures and is full");
        browser.dispose();
    }
}
