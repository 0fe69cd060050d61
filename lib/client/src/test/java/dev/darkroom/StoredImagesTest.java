package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.StoredImage;
import dev.darkroom.image.StoredImageQuery;
import dev.darkroom.image.StoredStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What token360 keeps: listed on demand, fetched, deleted, and asked after an unknown outcome. */
class StoredImagesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final StoredImageQuery BY_TWO =
            StoredImageQuery.newestFirst().pageSize(2);

    private final RunningEmulator emulator = ImageEmulator.create().shrink(32).start();
    private final ImageClient client = ImageClient.token360("sk-secret")
            .baseUrl(emulator.token360BaseUrl().toString())
            .downloads(d -> d.allow("127.0.0.1"));
    private final StoredImages stored = client.stored().orElseThrow();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        client.close();
        emulator.close();
    }

    private static ImageRequest request(String prompt) {
        return ImageRequest.of("kling-image-o1", prompt);
    }

    private void generate(int images) {
        for (int i = 0; i < images; i++) {
            client.downloads(d -> d.fetch(false))
                    .result(request("picture " + i))
                    .block(PATIENCE);
        }
    }

    private String id() {
        generate(1);
        return stored.list().next().block(PATIENCE).id();
    }

    private List<Entry> lists() {
        return emulator.journal().entries().stream()
                .filter(entry -> entry.method().equals("GET") && entry.path().endsWith("/images"))
                .toList();
    }

    private static List<String> prompts(Flux<StoredImage> images) {
        return images.map(StoredImage::prompt).collectList().block(PATIENCE);
    }

    private static RejectedException rejected(Mono<?> call) {
        return (RejectedException) failure(call);
    }

    private static Throwable failure(Mono<?> call) {
        return call.<Throwable>map(nothing -> new AssertionError("it worked"))
                .onErrorResume(Mono::just)
                .switchIfEmpty(Mono.just(new AssertionError("it worked")))
                .block(PATIENCE);
    }

    @Test
    void allPagesAreOneFluxInEitherOrder() {
        generate(5);
        assertThat(prompts(stored.list(BY_TWO)))
                .containsExactly("picture 4", "picture 3", "picture 2", "picture 1", "picture 0");
        assertThat(lists()).hasSize(3);
        assertThat(prompts(stored.list(StoredImageQuery.oldestFirst().pageSize(5))))
                .containsExactly("picture 0", "picture 1", "picture 2", "picture 3", "picture 4");
        assertThat(lists()).as("a full page which is the last is the last").hasSize(4);
        assertThat(prompts(stored.list())).hasSize(5);
    }

    @Test
    void anEmptyListIsEmpty() {
        assertThat(prompts(stored.list())).isEmpty();
    }

    @Test
    void aBoundIsWalkedFromInItsDirection() {
        generate(6);
        var ids = stored.list().map(StoredImage::id).collectList().block(PATIENCE);

        assertThat(prompts(stored.list(BY_TWO.after(ids.get(1)))))
                .containsExactly("picture 3", "picture 2", "picture 1", "picture 0");
        assertThat(prompts(stored.list(BY_TWO.before(ids.get(3)))))
                .as("the nearest first")
                .containsExactly("picture 3", "picture 4", "picture 5");
        assertThat(prompts(stored.list(BY_TWO.after(ids.get(0)).before(ids.get(4)))))
                .containsExactly("picture 4", "picture 3", "picture 2");
        assertThat(prompts(
                        stored.list(StoredImageQuery.oldestFirst().pageSize(2).after(ids.get(2)))))
                .containsExactly("picture 4", "picture 5");
        assertThat(rejected(stored.list(BY_TWO.after("img_nobody")).next()).reason())
                .isEqualTo(Reason.REQUEST);
    }

    @Test
    void aPageIsAskedForWhenAnImageOfItIs() {
        generate(5);
        StepVerifier.create(stored.list(BY_TWO), 0)
                .expectSubscription()
                .then(() -> assertThat(lists()).isEmpty())
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(lists()).hasSize(1))
                .thenRequest(1)
                .expectNextCount(1)
                .expectNoEvent(Duration.ofMillis(200))
                .then(() -> assertThat(lists())
                        .as("the last of a page was taken, and no further one is wanted")
                        .hasSize(1))
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(lists()).hasSize(2))
                .thenCancel()
                .verify(PATIENCE);
        assertThat(prompts(stored.list(BY_TWO).take(4))).hasSize(4);
        assertThat(lists()).hasSize(4);
    }

    @Test
    void theLastImageOfTheLastPageIsTheEndWithoutFurtherDemand() {
        generate(3);
        StepVerifier.create(settled(stored.list(BY_TWO)), 3)
                .expectNextCount(3)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(lists()).hasSize(2);
    }

    @Test
    void eachSubscriptionWalksByItself() {
        generate(3);
        var list = stored.list(BY_TWO);
        assertThat(prompts(list)).hasSize(3).isEqualTo(prompts(list));
    }

    @Test
    void aRateLimitOfAnyPageIsWaitedOutAndTold() {
        generate(3);
        var waits = new ConcurrentLinkedQueue<Throttled>();
        // one header for all pages: the first two attempts fail, of the first page both
        var limited = client.header("X-Emulator-Fault", "rate-limit-millis; retry-after=0.05; times=2")
                .rateLimits(r -> r.onThrottled(waits::add));
        assertThat(prompts(limited.stored().orElseThrow().list(BY_TWO))).hasSize(3);
        assertThat(waits)
                .hasSize(2)
                .allSatisfy(wait -> assertThat(wait.quota().host()).isEqualTo("127.0.0.1"));
        assertThat(lists()).hasSize(4);
        assertThat(failure(limited.header("X-Emulator-Fault", "rate-limit; retry-after=9")
                        .rateLimits(r -> r.maxWait(Duration.ofSeconds(1)))
                        .stored()
                        .orElseThrow()
                        .list()
                        .next()))
                .isInstanceOf(RateLimitedException.class);
    }

    @Test
    void aCutListIsNotAShortOne() {
        generate(1);
        assertThat(failure(client.header("X-Emulator-Fault", "cut")
                        .stored()
                        .orElseThrow()
                        .list()
                        .next()))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThat(lists()).hasSize(1);
    }

    @Test
    void theContentComesWithItsBytesAndTheTypeTheyTell() {
        var id = id();
        var image = stored.content(id).block(PATIENCE);
        assertThat(image.mediaType()).isEqualTo("image/png");
        assertThat(image.size()).isPositive();
        assertThat(client.download(GeneratedImage.at(0, null, stored.url(id).block(PATIENCE)))
                        .block(PATIENCE)
                        .toByteArray())
                .as("the same by URL")
                .isEqualTo(image.toByteArray());
    }

    @Test
    void aDialectOfAStrangerMayGetItsContentByRedirect() {
        var id = id();
        var strange = ImageClient.of(new RedirectingDialect())
                .apiKey("sk-secret")
                .baseUrl(emulator.token360BaseUrl().toString())
                .downloads(d -> d.allow("127.0.0.1"));
        assertThat(strange.stored().orElseThrow().content(id).block(PATIENCE).toByteArray())
                .isEqualTo(stored.content(id).block(PATIENCE).toByteArray());
        assertThat(strange.stored()
                        .orElseThrow()
                        .list()
                        .single()
                        .block(PATIENCE)
                        .id())
                .isEqualTo(id);
        var fetched = emulator.journal().entries().stream()
                .filter(entry -> entry.path().startsWith("/pictures/"))
                .toList();
        assertThat(fetched)
                .singleElement()
                .satisfies(entry -> assertThat(entry.headers()).doesNotContainKey("authorization"));
        strange.close();
    }

    @Test
    void theContentGoesStraightToAFile() throws IOException {
        var id = id();
        var file = Files.writeString(folder.resolve("a.png"), "old");
        assertThat(stored.content(id, file).block(PATIENCE)).isEqualTo(file);
        assertThat(file).hasBinaryContent(stored.content(id).block(PATIENCE).toByteArray());

        assertThat(rejected(stored.content("img_nobody", file)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(file).hasBinaryContent(stored.content(id).block(PATIENCE).toByteArray());
        assertThat(folder)
                .isDirectoryContaining(each -> each.equals(file))
                .isDirectoryNotContaining(each -> each.toString().endsWith(".part"));
    }

    @Test
    void anImageThatIsTooLargeIsNotTaken() {
        var id = id();
        assertThat(failure(client.limits(l -> l.imageBytes(10))
                        .stored()
                        .orElseThrow()
                        .content(id)))
                .isInstanceOfSatisfying(
                        DownloadFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(DownloadFailedException.Reason.TOO_LARGE));
    }

    @Test
    void aContentThatIsCutIsFetchedAgain() {
        var id = id();
        emulator.enqueueDownload(Fault.CUT.times(2));
        assertThat(stored.content(id).block(PATIENCE).size()).isPositive();
        assertThat(emulator.remainingFaults()).isZero();
    }

    @Test
    void aRateLimitOfAContentIsWaitedOut() {
        var id = id();
        emulator.enqueueDownload(
                Fault.RATE_LIMIT_MILLIS.retryAfter(Duration.ofMillis(50)).times(3));
        assertThat(stored.content(id).block(PATIENCE).size()).isPositive();
        assertThat(emulator.remainingFaults()).isZero();
    }

    @Test
    void whatFailedIsListedAndHasNoContent() {
        emulator.enqueue(Fault.IMAGE_FAILED);
        assertThat(failure(client.result(request("a fox")))).isInstanceOf(ImageException.class);
        var image = stored.list().single().block(PATIENCE);

        assertThat(image.status()).isEqualTo(StoredStatus.FAILED);
        assertThat(image.error()).isEqualTo("Image generation failed");
        for (var call : List.<Mono<?>>of(stored.content(image.id()), stored.url(image.id()))) {
            var refusal = rejected(call);
            assertThat(refusal.reason()).isEqualTo(Reason.REQUEST);
            assertThat(refusal.providerMessage()).isEqualTo("Image is not ready yet. Current status: failed");
        }
    }

    @Test
    void whatIsDeletedIsGone() {
        var id = id();
        StepVerifier.create(settled(stored.delete(id))).expectComplete().verify(PATIENCE);
        assertThat(rejected(stored.delete(id)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(rejected(stored.content(id)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(rejected(stored.url(id)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(prompts(stored.list())).isEmpty();
    }

    @Test
    void aDeletionWhoseAnswerIsLostIsNotRepeatedButMayBe() {
        var id = id();
        assertThat(failure(client.header("X-Emulator-Fault", "empty-reply")
                        .stored()
                        .orElseThrow()
                        .delete(id)))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThat(emulator.journal().entries().stream()
                        .filter(entry -> entry.method().equals("DELETE")))
                .hasSize(1);
        assertThat(rejected(stored.delete(id)).reason()).as("it had worked").isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void aDeletionThatWasRefusedForNowIsMadeAgain() {
        var id = id();
        client.header("X-Emulator-Fault", "rate-limit-millis; retry-after=0.05; times=1")
                .stored()
                .orElseThrow()
                .delete(id)
                .block(PATIENCE);
        assertThat(prompts(stored.list())).isEmpty();
    }

    @Test
    void anIdThatCouldLeadElsewhereIsNotSent() {
        for (var id : List.of("../images", "a/b", "a?b", "a\r\nb", "..")) {
            for (var call : List.<Mono<?>>of(
                    stored.content(id), stored.content(id, folder.resolve("a")), stored.url(id), stored.delete(id))) {
                assertThat(rejected(call).reason()).isEqualTo(Reason.REQUEST);
            }
        }
        assertThat(emulator.journal().entries()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nothingIsSentBeforeTheSubscription() {
        stored.list();
        stored.content("a");
        stored.content("a", folder.resolve("a"));
        stored.url("a");
        stored.delete("a");
        assertThat(emulator.journal().entries()).isEmpty();
    }

    @Test
    void aKeySeesItsOwnImagesAndAWrongOneNone() {
        var id = id();
        var other = client.apiKey("sk-other").stored().orElseThrow();
        assertThat(prompts(other.list())).isEmpty();
        assertThat(rejected(other.content(id)).reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(rejected(client.apiKey("wrong").stored().orElseThrow().list().next())
                        .reason())
                .isEqualTo(Reason.CREDENTIALS);
    }

    @Test
    void anApiWithoutStoredImagesSaysSo() {
        var plain = ImageClient.openRouter("sk-test");
        assertThat(plain.stored()).isEmpty();
        plain.close();
    }

    @Test
    void sinceAMomentComesTheNewestFirstAndNoPageTooMany() {
        var started = Instant.now();
        generate(3);
        assertThat(prompts(stored.since(started))).containsExactly("picture 2", "picture 1", "picture 0");
        assertThat(prompts(stored.since(started.plusSeconds(600)))).isEmpty();
        assertThat(lists()).hasSize(2);
    }
}
