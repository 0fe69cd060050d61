package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.StoredImage;
import dev.darkroom.image.StoredImageQuery;
import dev.darkroom.image.UnavailableException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Gateways which redirect where they should not, or whose pages lead nowhere. */
class OddStoragesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CONTENT = "/v1/images/img_1/content?format=binary";

    private final FileServer gateway = new FileServer();
    private final FileServer elsewhere = new FileServer();
    private final ImageClient client = ImageClient.token360("sk-secret")
            .baseUrl(gateway.url("/v1").toString())
            .header("X-Mine", "secret");
    private final StoredImages stored = client.stored().orElseThrow();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
        elsewhere.close();
    }

    private StoredImages allowed() {
        return client.downloads(d -> d.allow("127.0.0.1")).stored().orElseThrow();
    }

    private static Throwable failure(Mono<?> call) {
        var caught = new AtomicReference<Throwable>();
        StepVerifier.create(settled(call)).consumeErrorWith(caught::set).verify(PATIENCE);
        return caught.get();
    }

    @Test
    void aRedirectToAnotherHostCarriesNoKeyAndNoHeaderOfOurs() {
        elsewhere.put("/a.png?signature=1", FileServer.picture(70_000));
        gateway.move(CONTENT, elsewhere.url("/a.png?signature=1").toString());

        var image = allowed().content("img_1").block(PATIENCE);
        assertThat(image.toByteArray()).isEqualTo(FileServer.picture(70_000));
        assertThat(image.mediaType()).isEqualTo("image/png");
        var asked = gateway.headers().get(0);
        assertThat(asked.get("Authorization")).isEqualTo("Bearer sk-secret");
        assertThat(asked.get("X-Mine")).isEqualTo("secret");
        assertThat(elsewhere.headers()).singleElement().satisfies(headers -> {
            assertThat(headers.names())
                    .map(String::toLowerCase)
                    .containsExactlyInAnyOrder("host", "user-agent", "accept", "accept-encoding");
            assertThat(headers.toString()).doesNotContain("secret");
        });
    }

    @Test
    void notEvenARedirectToTheSameHostCarriesTheKey() {
        gateway.move(CONTENT, "/a.png").put("/a.png", FileServer.picture(10));
        assertThat(allowed().content("img_1").block(PATIENCE).size()).isEqualTo(10);
        assertThat(gateway.paths()).containsExactly(CONTENT, "/a.png");
        assertThat(gateway.headers().get(1).get("Authorization")).isNull();
    }

    @Test
    void aRedirectToWhatIsNotPublicIsNotFollowed() {
        elsewhere.put("/a.png", FileServer.picture(10));
        gateway.move(CONTENT, elsewhere.url("/a.png").toString());
        assertThat(failure(stored.content("img_1")))
                .isInstanceOfSatisfying(
                        DownloadFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(DownloadFailedException.Reason.DENIED));
        assertThat(elsewhere.connections()).isZero();
    }

    @Test
    void threeRedirectsAreFollowedAndNoFourth() {
        elsewhere
                .put("/a", FileServer.picture(10))
                .move("/1", "/a")
                .move("/2", "/1")
                .move("/3", "/2");
        gateway.move(CONTENT, elsewhere.url("/2").toString());
        assertThat(allowed().content("img_1").block(PATIENCE).size()).isEqualTo(10);
        gateway.move(CONTENT, elsewhere.url("/3").toString());
        assertThat(failure(allowed().content("img_1"))).hasMessageContaining("redirected more than 3 times");
    }

    @Test
    void aRedirectGoesStraightToAFileToo() throws Exception {
        elsewhere.put("/a.png", FileServer.picture(1_000_000));
        gateway.move(CONTENT, elsewhere.url("/a.png").toString());
        var file = allowed().content("img_1", folder.resolve("a.png")).block(PATIENCE);
        assertThat(Files.readAllBytes(file)).isEqualTo(FileServer.picture(1_000_000));
    }

    @Test
    void anApiThatCannotBeReachedIsUnavailableAndOneThatWasDisposedOfIsNotAsked() {
        gateway.close();
        assertThat(failure(stored.content("img_1"))).isInstanceOf(UnavailableException.class);
        client.close();
        assertThat(failure(stored.content("img_1")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("was closed");
    }

    @Test
    void whatIsNoImageIsNotTakenForOne() {
        gateway.put(CONTENT, "<html>sign in</html>".getBytes(StandardCharsets.US_ASCII));
        assertThat(failure(stored.content("img_1", folder.resolve("a.png"))))
                .isInstanceOfSatisfying(
                        DownloadFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(DownloadFailedException.Reason.NOT_AN_IMAGE));
        assertThat(folder).isEmptyDirectory();
    }

    private static String page(String more, String ids, String named) {
        var images = Flux.fromArray(ids.split(","))
                .filter(id -> !id.isEmpty())
                .map(id -> "{\"id\":\"" + id + "\",\"status\":\"completed\"}")
                .collectList()
                .block();
        return "{\"data\":[" + String.join(",", images) + "],\"has_more\":" + more + named + "}";
    }

    private void pages(String... bodies) {
        var bounds = List.of("", "&after=a", "&after=b", "&after=c");
        for (int i = 0; i < bodies.length; i++) {
            gateway.put(
                    "/v1/images?limit=20&order=desc" + bounds.get(i), bodies[i].getBytes(StandardCharsets.US_ASCII));
        }
    }

    private StepVerifier.Step<String> ids() {
        return StepVerifier.create(settled(stored.list().map(StoredImage::id)));
    }

    private static void nowhere(StepVerifier.Step<String> ids, String why) {
        ids.expectErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                OutcomeUnknownException.class,
                                e -> assertThat(e.reason()).isEqualTo(OutcomeUnknownException.Reason.UNDECODABLE))
                        .hasMessageContaining(why))
                .verify(PATIENCE);
    }

    @Test
    void withoutIdsOfAPageItsImagesTellWhereTheNextOneBegins() {
        pages(page("true", "z,a", ""), page("false", "b", ",\"last_id\":null"));
        ids().expectNext("z", "a", "b").expectComplete().verify(PATIENCE);
    }

    @Test
    void aPageOfNothingBeforeMoreLeadsNowhereAndIsNoEnd() {
        pages(page("true", "a", ""), page("true", "", ",\"last_id\":\"b\""));
        nowhere(ids().expectNext("a"), "it does not say where");
        assertThat(gateway.paths()).hasSize(2);
    }

    @Test
    void aGatewayThatIgnoresWhereToBeginIsNotAskedForEver() {
        pages(page("true", "z,a", ""), page("true", "z,a", ""));
        nowhere(ids().expectNext("z", "a"), "lead in a circle");
        assertThat(gateway.paths()).hasSize(2);
    }

    @Test
    void pagesThatLeadInAWideCircleAreLeft() {
        pages(page("true", "a", ""), page("true", "b", ""), page("true", "c", ""), page("true", "a", ""));
        nowhere(ids().expectNext("a", "b", "c"), "lead in a circle");
        assertThat(gateway.paths()).hasSize(4);
    }

    @Test
    void theBoundThatWasGivenCountsAsBeenThere() {
        gateway.put(
                "/v1/images?limit=20&order=desc&after=a",
                page("true", "z,a", "").getBytes(StandardCharsets.US_ASCII));
        nowhere(
                StepVerifier.create(settled(
                        stored.list(StoredImageQuery.newestFirst().after("a")).map(StoredImage::id))),
                "lead in a circle");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"data\":[{}]}", "{\"data\":[", "", "<html>"})
    void aListThatCannotBeReadIsNoEmptyOne(String body) {
        pages(body);
        assertThat(failure(stored.list().next())).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void aUrlThatIsNoneIsNotHandedOut() {
        gateway.put(
                "/v1/images/img_1/content?format=url", "{\"url\":\"file:///a\"}".getBytes(StandardCharsets.US_ASCII));
        gateway.put(
                "/v1/images/img_2/content?format=url",
                "{\"url\":\"https://cdn.example/a\"}".getBytes(StandardCharsets.US_ASCII));
        assertThat(failure(stored.url("img_1"))).isInstanceOf(OutcomeUnknownException.class);
        assertThat(stored.url("img_2").block(PATIENCE)).isEqualTo(URI.create("https://cdn.example/a"));
    }

    @Test
    void aDeletionThatIsNotConfirmedIsNoDeletion() {
        gateway.put("/v1/images/img_1", "{\"deleted\":false}".getBytes(StandardCharsets.US_ASCII));
        assertThat(failure(stored.delete("img_1"))).isInstanceOf(OutcomeUnknownException.class);
        assertThat(gateway.paths()).hasSize(1);
    }
}
