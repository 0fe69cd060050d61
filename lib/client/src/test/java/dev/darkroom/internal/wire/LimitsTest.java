package dev.darkroom.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.Blob;
import dev.darkroom.settings.Limits;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final Limits LIMITS = Limits.defaults();
    private static final String IMAGE = "QUJD".repeat(1000);

    private static void assertExceeds(Limits limits, String document, String setting, long limit) {
        assertThatExceptionOfType(WireException.LimitExceeded.class)
                .isThrownBy(() -> Reads.one(PayloadReader.document(limits), document))
                .withMessageContaining(setting)
                .matches(e -> e.setting().equals(setting) && e.limit() == limit);
    }

    @Test
    void oneImageThatIsTooLargeLeavesItsSiblingsAlone() {
        var large = "QUJD".repeat(1001);
        var json = "[\"" + IMAGE + "\",\"" + large + "\",\"" + IMAGE + "\"]";
        var payload = Reads.one(PayloadReader.document(LIMITS.imageBytes(3000).textBytes(2000)), json);
        var blobs = payload.json().valueStream().map(payload::blob).toList();
        assertThat(blobs).extracting(Blob::isTooLarge).containsExactly(false, true, false);
        assertThat(blobs).extracting(Blob::size).containsExactly(3000L, 3003L, 3000L);
        assertThat(blobs.get(1).segments()).isEmpty();
        assertThat(payload.text(payload.json().get(1))).isNull();
        assertThat(payload.text(payload.json().get(2))).isNull();
    }

    @Test
    void anImageThatIsTooLargeButNoLongerThanTextMayBeIsStillText() {
        var payload =
                Reads.one(PayloadReader.document(LIMITS.imageBytes(10)), "[\"" + IMAGE + "\",\"QUJDQUJDQUJDQUJD\"]");
        assertThat(payload.blob(payload.json().get(0)).isTooLarge()).isTrue();
        assertThat(payload.text(payload.json().get(0))).isEqualTo(IMAGE);
        assertThat(payload.blob(payload.json().get(1)).isTooLarge()).isTrue();
    }

    @Test
    void textHasALimitInWhichImagesDoNotCount() {
        var limits = LIMITS.textBytes(1500);
        Reads.one(PayloadReader.document(limits), "[\"" + IMAGE + "\",\"" + " ".repeat(400) + "\"]");
        assertExceeds(limits, "[\"" + "%".repeat(1500) + "\"]", Limits.TEXT_BYTES, 1500);
        assertExceeds(limits, " ".repeat(1600), Limits.TEXT_BYTES, 1500);
    }

    @Test
    void textThatLookedLikeAnImageCountsAsText() {
        var limits = LIMITS.textBytes(1500);
        assertExceeds(limits, "[\"" + IMAGE + "%\"]", Limits.TEXT_BYTES, 1500);
        assertExceeds(limits, "{\"" + IMAGE + "\":1}", Limits.TEXT_BYTES, 1500);
        assertExceeds(limits.imageBytes(10), "{\"" + IMAGE + "\":1}", Limits.TEXT_BYTES, 1500);
        assertExceeds(limits, "[\"" + "A ".repeat(2000) + "\"]", Limits.TEXT_BYTES, 1500);
        assertExceeds(limits.imageBytes(10), "[\"" + IMAGE + "%\"]", Limits.TEXT_BYTES, 1500);
    }

    @Test
    void whatIsKeptOfAnEventIsTextToo() {
        var reader = PayloadReader.stream(LIMITS.textBytes(100));
        var line = ("event: " + "x".repeat(101)).getBytes(UTF_8);
        assertThatExceptionOfType(WireException.LimitExceeded.class)
                .isThrownBy(() -> reader.feed(line, 0, line.length))
                .matches(e -> e.setting().equals(Limits.TEXT_BYTES));
    }

    @Test
    void aResponseHasALimitAndWhatFitsIsStillDelivered() {
        var stream = "data: 1\n\n: comments count too\n\n".getBytes(UTF_8);
        var reader = PayloadReader.stream(LIMITS.responseBytes(stream.length - 1));
        assertThat(reader.feed(stream, 0, stream.length)).hasSize(1);
        assertThatExceptionOfType(WireException.LimitExceeded.class)
                .isThrownBy(reader::end)
                .matches(e -> e.setting().equals(Limits.RESPONSE_BYTES) && e.limit() == stream.length - 1);
        var enough = PayloadReader.stream(LIMITS.responseBytes(stream.length));
        assertThat(Reads.all(enough, stream, 4)).hasSize(1);
    }

    @Test
    void imagesAreCountedOverTheWholeResponse() {
        var event = ("data: [\"" + IMAGE + "\",\"" + IMAGE + "\"]\n\n").getBytes(UTF_8);
        var reader = PayloadReader.stream(LIMITS.images(3));
        assertThat(reader.feed(event, 0, event.length)).hasSize(1);
        assertThatExceptionOfType(WireException.LimitExceeded.class)
                .isThrownBy(() -> reader.feed(event, 0, event.length))
                .matches(e -> e.setting().equals(Limits.IMAGES) && e.limit() == 3);
    }
}
