package dev.darkroom.internal.gateway.token360;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.SharedMaterial;
import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reply;
import dev.darkroom.dialect.Storage;
import dev.darkroom.dialect.StoredPage;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.StoredImage;
import dev.darkroom.image.StoredImageQuery;
import dev.darkroom.image.StoredStatus;
import dev.darkroom.internal.gateway.common.Payloads;
import dev.darkroom.testsupport.NeedsMaterial;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class Token360StorageTest {

    private static final StoredImageQuery NEWEST = StoredImageQuery.newestFirst();

    private final Dialect dialect = new Token360Dialect();
    private final Storage storage = dialect.storage().orElseThrow();

    private StoredPage page(String json) {
        return storage.page(Payloads.document(json));
    }

    @Test
    void aPageTellsItsImagesAndWhereTheNextOneBegins() {
        var page = page("""
                {"object":"list","data":[
                  {"id":"img_1","object":"image","status":"completed","model":"m","prompt":"a fox","created_at":1701476542,
                   "url":"https://cdn.example/a.png?signature=1","error":null,"new":1},
                  {"id":"img_0","object":"image","status":"failed","model":"m","prompt":"two","created_at":1701476541,
                   "url":null,"error":{"message":"no luck","type":"api_error"}}],
                 "has_more":true,"first_id":"img_1","last_id":"img_0"}
                """);
        assertThat(page.hasMore()).isTrue();
        assertThat(page.firstId()).isEqualTo("img_1");
        assertThat(page.lastId()).isEqualTo("img_0");
        assertThat(page.images())
                .containsExactly(
                        new StoredImage(
                                "img_1",
                                StoredStatus.COMPLETED,
                                "m",
                                "a fox",
                                Instant.ofEpochSecond(1701476542),
                                URI.create("https://cdn.example/a.png?signature=1"),
                                null),
                        new StoredImage(
                                "img_0",
                                StoredStatus.FAILED,
                                "m",
                                "two",
                                Instant.ofEpochSecond(1701476541),
                                null,
                                "no luck"));
    }

    @Test
    void whatIsMissingIsMissingAndWhatIsUnknownIsKept() {
        var page = page("""
                {"data":[{"id":"a","status":"frozen","created_at":0,"url":"iVBORw0KGgo=","error":"why"}],"has_more":"yes"}
                """);
        assertThat(page.hasMore()).isFalse();
        assertThat(page.lastId()).isNull();
        assertThat(page.images())
                .containsExactly(new StoredImage("a", StoredStatus.of("frozen"), "", "", null, null, "why"));
        assertThat(page("{\"data\":[]}").images()).isEmpty();
    }

    @Test
    void aPromptThatReadsLikeBase64IsStillAPrompt() {
        var prompt = "fox".repeat(2000);
        var page = page("{\"data\":[{\"id\":\"a\",\"status\":\"completed\",\"prompt\":\"" + prompt + "\"}]}");
        assertThat(page.images().get(0).prompt()).isEqualTo(prompt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"data\":{}}",
                "{\"data\":[{\"status\":\"completed\"}]}",
                "{\"data\":[{\"id\":\"a\"}]}",
                "{\"data\":[7]}",
                "{\"error\":{\"message\":\"no\"}}"
            })
    void whatIsNoPageIsSaidToBeNone(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> page(json));
    }

    @Test
    @NeedsMaterial
    void theDocumentedAnswersAreUnderstood() {
        var printed = new String(
                SharedMaterial.bytes("wire.fixtures", "token360-documented/list-images.doc.json"),
                StandardCharsets.UTF_8);
        var image = page(printed).images().get(0);
        assertThat(image.model()).isEqualTo("dola-seedream-5.0-lite");
        assertThat(image.prompt()).isEqualTo("A minimalist sunrise over calm water");
        assertThat(image.createdAt()).isEqualTo("2023-12-02T00:22:22Z");
        assertThat(image.status()).isEqualTo(StoredStatus.COMPLETED);

        var url = new String(
                SharedMaterial.bytes("wire.fixtures", "token360-documented/download-url.doc.json"),
                StandardCharsets.UTF_8);
        assertThat(storage.url(Payloads.document(url.replace("your-generated-image-url", "https://cdn.example/a"))))
                .isEqualTo(URI.create("https://cdn.example/a"));

        var notReady = dialect.failure(
                new Reply(400, Map.of(), Instant.EPOCH),
                SharedMaterial.bytes("wire.fixtures", "token360-documented/download-not-ready.doc.json"));
        assertThat(notReady)
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(RejectedException.Reason.REQUEST));
        assertThat(notReady.providerMessage()).isEqualTo("Image is not ready yet. Current status: failed");
    }

    @Test
    void aUrlIsHttpOrItIsNone() {
        assertThat(storage.url(Payloads.document("{\"url\":\"https://cdn.example/a\",\"expires_in\":3600}")))
                .isEqualTo(URI.create("https://cdn.example/a"));
        for (var url :
                List.of("null", "7", "\"\"", "\"/a\"", "\"file:///etc/passwd\"", "\"your-generated-image-url\"")) {
            assertThatIllegalArgumentException()
                    .as(url)
                    .isThrownBy(() -> storage.url(Payloads.document("{\"url\":" + url + "}")));
        }
    }

    @Test
    void onlyWhatIsSaidToBeDeletedIsDeleted() {
        storage.deleted(Payloads.document("{\"id\":\"a\",\"object\":\"image\",\"deleted\":true}"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> storage.deleted(Payloads.document("{\"id\":\"a\",\"deleted\":false}")));
        assertThatIllegalArgumentException().isThrownBy(() -> storage.deleted(Payloads.document("{}")));
    }

    @Test
    void aQueryIsSpeltAsTheApiSpellsIt() {
        assertThat(storage.list(NEWEST).path()).isEqualTo("/images?limit=20&order=desc");
        assertThat(storage.list(StoredImageQuery.oldestFirst()
                                .pageSize(100)
                                .after("img_1")
                                .before("img_2"))
                        .path())
                .isEqualTo("/images?limit=100&order=asc&after=img_1&before=img_2");
        assertThat(storage.list(NEWEST.after("a b&limit=1#\r\n+é")).path())
                .isEqualTo("/images?limit=20&order=desc&after=a%20b%26limit%3D1%23%0D%0A%2B%C3%A9");
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> storage.list(NEWEST.pageSize(101)))
                .withMessageContaining("at most 100");
    }

    @Test
    void aQueryRefusesWhatCanBeNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> NEWEST.pageSize(0));
        assertThatIllegalArgumentException().isThrownBy(() -> NEWEST.after(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> NEWEST.before(""));
        assertThatIllegalArgumentException().isThrownBy(() -> StoredStatus.of(" "));
    }

    @Test
    void anIdIsOneSegmentOfAPath() {
        assertThat(storage.content("img_1.a-b~c:d=").path()).isEqualTo("/images/img_1.a-b~c:d=/content?format=binary");
        assertThat(storage.url("..a").path()).isEqualTo("/images/..a/content?format=url");
        assertThat(storage.delete("img_1"))
                .isEqualTo(new ApiCall("DELETE", "/images/img_1", Map.of("Accept", "application/json"), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "...",
                "a/b",
                "../keys",
                "a\\b",
                "a?b",
                "a#b",
                "a%2fb",
                "a\r\nX: y",
                "é",
                ";x"
            })
    void anIdThatCouldLeadElsewhereIsNotSentAndNotRepeated(String id) {
        for (var call : List.<Runnable>of(() -> storage.content(id), () -> storage.url(id), () -> storage.delete(id))) {
            assertThatExceptionOfType(RejectedException.class)
                    .isThrownBy(call::run)
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectedException.Reason.REQUEST))
                    .withMessage("not sent to token360: the id of a stored image is made of letters, digits and"
                            + " . _ ~ : = - alone");
        }
    }

    @Test
    void aRecordMayBeOfARequestWithItsPromptAndModel() {
        var image = new StoredImage("a", StoredStatus.COMPLETED, "seedream-4-5-251128", "a fox\n", null, null, null);
        assertThat(image.mayBeOf(ImageRequest.of("seedream-4-5-251128", "a fox")))
                .isTrue();
        assertThat(image.mayBeOf(ImageRequest.of("seedream-4-5", " a fox"))).isTrue();
        assertThat(image.mayBeOf(ImageRequest.of("seedream-4-5-251128-x", "a fox")))
                .isTrue();
        assertThat(image.mayBeOf(ImageRequest.of("seedream-4-0", "a fox"))).isFalse();
        assertThat(image.mayBeOf(ImageRequest.of("seedream-4-5", "a vixen"))).isFalse();
    }

    @Test
    void aRecordShowsNeitherPromptNorUrl() {
        var image = new StoredImage(
                "img_1", StoredStatus.COMPLETED, "m", "secret", Instant.EPOCH, URI.create("https://secret/"), null);
        assertThat(image).hasToString("StoredImage[img_1, completed, m, 1970-01-01T00:00:00Z]");
        assertThat(new StoredPage(List.of(image), null, null, false).toString()).doesNotContain("secret");
    }
}
