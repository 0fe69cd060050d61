package dev.darkroom.internal.gateway.token360;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.Lookup;
import dev.darkroom.dialect.Lookup.Sought;
import dev.darkroom.image.GenerationRecord;
import dev.darkroom.image.GenerationRecord.Status;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.StoredImage;
import dev.darkroom.internal.gateway.common.Payloads;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class Token360LookupTest {

    private static final Lookup LOOKUP = new Token360Dialect().lookup().orElseThrow();
    private static final ImageRequest REQUEST = ImageRequest.of("seedream-4.5", "a lighthouse");
    private static final Instant ASKED = Instant.ofEpochSecond(1_000, 900_000_000);

    private static GenerationRecord read(String... images) {
        return LOOKUP.read(
                new Sought("req-1", REQUEST, ASKED),
                Payloads.document("{\"data\":[" + String.join(",", images) + "],\"has_more\":false}"));
    }

    private static String image(String id, String status, String prompt, long at) {
        return "{\"id\":\"" + id + "\",\"status\":\"" + status + "\",\"model\":\"seedream-4.5\",\"prompt\":\"" + prompt
                + "\",\"created_at\":" + at + ",\"error\":{\"message\":\"words\"}}";
    }

    @Test
    void itIsLookedForAmongTheNewestAndAskedForWithoutAnId() {
        assertThat(LOOKUP.ask(new Sought(null, REQUEST, null)).orElseThrow().path())
                .isEqualTo("/images?limit=100&order=desc");
    }

    @Test
    void aPictureThatIsKeptMayBeFetched() {
        var record = read(
                image("c", "completed", "another", 1_003),
                image("b", "completed", "a lighthouse", 1_000),
                image("a", "completed", "a lighthouse", 999));
        assertThat(record.status()).isEqualTo(Status.MADE);
        assertThat(record.generationId()).isEqualTo("b");
        assertThat(record.pictures()).extracting(StoredImage::id).containsExactly("b");
    }

    @Test
    void whatCannotBeToldApartIsAllThere() {
        var record = read(
                image("c", "failed", "a lighthouse", 1_003),
                image("b", "completed", "a lighthouse", 1_002),
                image("a", "completed", "a lighthouse", 1_001));
        assertThat(record.pictures()).extracting(StoredImage::id).containsExactly("b", "a");
    }

    @Test
    void whatIsNotThereYetOrFailedIsSaid() {
        assertThat(read().status()).isEqualTo(Status.UNKNOWN);
        assertThat(read(image("a", "completed", "another", 1_001)).isFinal()).isFalse();
        assertThat(read(image("a", "processing", "a lighthouse", 1_001)).status())
                .isEqualTo(Status.RUNNING);
        var failed = read(image("a", "failed", "a lighthouse", 1_001));
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.providerMessage()).isEqualTo("words");
        assertThat(failed.toString()).doesNotContain("words");
        assertThat(read(image("b", "failed", "a lighthouse", 1_002), image("a", "queued", "a lighthouse", 1_001))
                        .status())
                .isEqualTo(Status.RUNNING);
    }

    @Test
    void anIdOfAStoredImageIsOneToLookFor() {
        var page = Payloads.document("{\"data\":[" + image("b", "completed", "x", 2) + ","
                + image("a", "completed", "y", 1) + "],\"has_more\":false}");
        assertThat(LOOKUP.read(new Sought("a", null, null), page).pictures())
                .extracting(StoredImage::id)
                .containsExactly("a");
    }
}
