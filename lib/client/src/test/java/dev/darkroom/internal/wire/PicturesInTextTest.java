package dev.darkroom.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.darkroom.dialect.PicturedText;
import dev.darkroom.settings.Limits;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Pictures that are written into a text, in one payload or over many. */
class PicturesInTextTest {

    private static final Limits LIMITS = Limits.defaults();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static byte[] image(int size) {
        var image = new byte[size];
        new Random(size).nextBytes(image);
        return image;
    }

    private static String base64(int size) {
        return Base64.getEncoder().encodeToString(image(size));
    }

    /** What a text is taken apart into: text as it is, pictures by type and size if they are the ones that were sent. */
    private static List<String> shown(List<PicturedText.Piece> pieces) {
        var shown = new ArrayList<String>();
        for (var piece : pieces) {
            if (piece instanceof PicturedText.Picture picture) {
                var bytes = Reads.bytes(picture.blob());
                var type = picture.blob().declaredMediaType();
                shown.add(
                        Arrays.equals(bytes, image(bytes.length)) ? "<" + type + " " + bytes.length + ">" : "<other>");
                continue;
            }
            var text = ((PicturedText.Text) piece).text();
            var last = shown.size() - 1;
            if (last >= 0 && !shown.get(last).startsWith("<")) {
                shown.set(last, shown.get(last) + text);
            } else {
                shown.add(text);
            }
        }
        return shown;
    }

    private static List<String> read(PayloadReader reader, String text, int piece) {
        PicturedText pictured = null;
        var pieces = new ArrayList<PicturedText.Piece>();
        for (var payload : Reads.all(reader, text.getBytes(UTF_8), piece)) {
            pictured = pictured == null ? payload.picturedText() : pictured;
            pieces.addAll(payload.pieces(payload.json().path("content"), pictured));
        }
        pieces.addAll(pictured.end());
        return shown(pieces);
    }

    private static List<String> document(String content, int piece) {
        var json = "{\"content\":" + JsonMapper.shared().writeValueAsString(content) + ",\"more\":\"\"}";
        return read(PayloadReader.document(LIMITS).urlSafe().lenient(), json, piece);
    }

    private static List<String> document(String content) {
        return document(content, 4096);
    }

    /** The text in deltas of so many characters each. */
    private static List<String> deltas(String content, int length) {
        var stream = new StringBuilder();
        for (int from = 0; from < content.length(); from += length) {
            var delta = content.substring(from, Math.min(from + length, content.length()));
            stream.append("data: {\"content\":")
                    .append(JsonMapper.shared().writeValueAsString(delta))
                    .append("}\n\n");
        }
        return read(PayloadReader.stream(LIMITS).urlSafe().lenient(), stream.toString(), 1000);
    }

    private static String markdown(int... sizes) {
        var text = new StringBuilder("Hier, \"so\":\n");
        for (int size : sizes) {
            text.append("![é, a](data:image/png;base64,").append(base64(size)).append(")\ntext, behind it. ");
        }
        return text.toString();
    }

    private static List<String> expected(int... sizes) {
        var expected = new ArrayList<String>();
        var before = "Hier, \"so\":\n![é, a](";
        for (int size : sizes) {
            expected.add(before);
            expected.add("<image/png " + size + ">");
            before = ")\ntext, behind it. ![é, a](";
        }
        expected.add(")\ntext, behind it. ");
        return expected;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000, 1 << 20})
    void picturesInATextAreBytesHoweverTheTextArrives(int piece) {
        assertThat(document(markdown(3, 20, 799, 2000, 9001, 20), piece))
                .isEqualTo(expected(3, 20, 799, 2000, 9001, 20));
    }

    @Test
    void aPictureMayBeCutAnywhereIntoDeltas() {
        var text = markdown(20, 1, 30);
        for (int length = 1; length <= text.length(); length++) {
            assertThat(deltas(text, length)).as("deltas of %s", length).isEqualTo(expected(20, 1, 30));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 700, 1023, 1024, 1025, 1026, 1027, 1500, 2047, 5000, 60_000})
    void soMayALargeOneOfWhichEveryPieceIsLifted(int length) {
        assertThat(deltas(markdown(50_000, 4_000), length)).isEqualTo(expected(50_000, 4_000));
    }

    @Test
    void theUrlSafeAlphabetIsReadToo() {
        for (int size : new int[] {20, 5000}) {
            var text = "![](data:image/webp;base64,"
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(image(size)) + ")";
            assertThat(document(text)).containsExactly("![](", "<image/webp " + size + ">", ")");
            assertThat(deltas(text, 11)).containsExactly("![](", "<image/webp " + size + ">", ")");
            assertThat(deltas(text, 1301)).containsExactly("![](", "<image/webp " + size + ">", ")");
        }
    }

    @Test
    void escapedSlashesAreThoseOfThePicture() {
        for (int size : new int[] {20, 5000}) {
            var json = "{\"content\":\"so: data:image/png;base64," + base64(size) + "\\n\\\"end\\\"\"}";
            var read = read(PayloadReader.document(LIMITS).lenient(), json.replace("/", "\\/"), 100);
            assertThat(read).containsExactly("so: ", "<image/png " + size + ">", "\n\"end\"");
        }
    }

    @Test
    void aTextThatIsNothingButAPictureIsOne() {
        for (int size : new int[] {20, 5000}) {
            var url = "data:image/png;base64," + base64(size);
            assertThat(document(url)).containsExactly("<image/png " + size + ">");
            assertThat(document(url + "\n\nDone. Anything else?"))
                    .containsExactly("<image/png " + size + ">", "\n\nDone. Anything else?");
            assertThat(document(url + "\nDone")).containsExactly("<image/png " + size + ">", "\nDone");
        }
    }

    @Test
    void aPictureBrokenIntoLinesIsOne() {
        for (int size : new int[] {300, 9000}) {
            var lines = Base64.getMimeEncoder().encodeToString(image(size));
            var text = "![](data:image/png;base64," + lines + ")";
            assertThat(document(text)).containsExactly("![](", "<image/png " + size + ">", ")");
            assertThat(deltas(text, 101)).containsExactly("![](", "<image/png " + size + ">", ")");
            assertThat(deltas(text, 3000)).containsExactly("![](", "<image/png " + size + ">", ")");
        }
    }

    @Test
    void whatOnlyLooksLikeTheBeginningOfAPictureIsText() {
        var long1 = "a".repeat(3000);
        for (String text : List.of(
                "write data:image/png;base64, and then the bytes",
                "data:",
                "data:image/png;base64,",
                "data:text/plain;base64," + base64(2000),
                "the data:image/png;base64 of " + long1,
                ";base64," + long1,
                "![](data:image/svg+xml;utf8,<svg/>)",
                long1 + ", " + long1)) {
            assertThat(document(text)).as(text.substring(0, 5)).isEqualTo(List.of(text));
            assertThat(deltas(text, 7)).as(text.substring(0, 5)).isEqualTo(List.of(text));
        }
    }

    @Test
    void noTextCanPretendThatAPictureIsInIt() {
        var marks = "\uE000\uE001\\uE002 \uE003";
        var text = marks + "![](data:image/png;base64," + base64(5000) + ")" + marks;
        assertThat(document(text)).containsExactly(marks + "![](", "<image/png 5000>", ")" + marks);
        var json =
                "{\"\\ue000a\":\"\\ue000\",\"content\":\"\\uE000,data:image/png;base64," + base64(5000) + " \\uE000\"}";
        assertThat(read(PayloadReader.document(LIMITS), json, 100))
                .containsExactly("\uE000,", "<image/png 5000>", " \uE000");
    }

    @Test
    void aSpoiledTextAroundItCostsNoPicture() {
        var json = "{\"content\":\"a\\q\u0001, data:image/png;base64," + base64(5000) + ") \\q\"}";
        var read = read(PayloadReader.document(LIMITS).lenient(), json, 100);
        assertThat(read).containsExactly("a\uFFFDq\u0001, ", "<image/png 5000>", ") \uFFFDq");
    }

    @Test
    void theStringItselfCanBeHadBackAndIsAnImageOnlyIfItIsOneUrl() {
        var url = "data:image/png;base64," + base64(5000);
        for (String text : List.of("![é](" + url + ") and " + url + ".", url + " ", " " + url, url + "!")) {
            var payload = Reads.one(
                    PayloadReader.document(LIMITS), JsonMapper.shared().writeValueAsString(text));
            assertThat(payload.text(payload.json())).isEqualTo(text);
            assertThat(payload.blob(payload.json()) != null).isEqualTo(text.equals(url + " "));
        }
        var odd = url.substring(0, 3000) + " \n" + url.substring(3000, 5001) + "\t" + url.substring(5001);
        var payload =
                Reads.one(PayloadReader.document(LIMITS), JsonMapper.shared().writeValueAsString(odd));
        assertThat(Reads.bytes(payload.blob(payload.json()))).isEqualTo(image(5000));
        assertThat(payload.text(payload.json())).isEqualTo(odd);
    }

    @Test
    void aPictureThatIsTooLargeIsOneWithoutBytesAndNoText() {
        var small = LIMITS.imageBytes(10_000).textBytes(10_000);
        var text = "![](data:image/png;base64," + base64(20_000) + ")";
        var json = "{\"content\":\"" + text + "\"}";
        var whole = Reads.one(PayloadReader.document(small), json);
        var pieces = whole.pieces(whole.json().path("content"), whole.picturedText());
        assertThat(pieces).hasSize(3);
        assertThat(((PicturedText.Picture) pieces.get(1)).blob().isTooLarge()).isTrue();

        var stream = new StringBuilder();
        for (int from = 0; from < text.length(); from += 5000) {
            stream.append("data: {\"content\":\"")
                    .append(text, from, Math.min(from + 5000, text.length()))
                    .append("\"}\n\n");
        }
        var payloads = Reads.all(PayloadReader.stream(small), stream.toString().getBytes(UTF_8), 100);
        var reader = payloads.get(0).picturedText();
        var read = new ArrayList<PicturedText.Piece>();
        payloads.forEach(payload -> read.addAll(payload.pieces(payload.json().path("content"), reader)));
        assertThat(read).hasSize(3);
        assertThat(((PicturedText.Picture) read.get(1)).blob().isTooLarge()).isTrue();
    }

    @Test
    void aPictureThatBreaksOffIsNone() {
        var pieces = document("![](data:image/png;base64,A");
        assertThat(pieces).containsExactly("![](", "<image/png 0>");
    }

    @Test
    void whatAPictureInPiecesKeepsCountsAgainstTheHeap() {
        var reader = PayloadReader.stream(LIMITS).within(new HeapBudget(30_000));
        var first = feed(reader, "data: {\"content\":\"data:image/png;base64,\"}\n\n");
        var text = first.picturedText();
        first.pieces(first.json().path("content"), text);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 60; i++) {
                        var payload = feed(reader, "data: {\"content\":\"" + "QUJD".repeat(200) + "\"}\n\n");
                        payload.pieces(payload.json().path("content"), text);
                        payload.letGo();
                    }
                })
                .isInstanceOf(WireException.LimitExceeded.class)
                .hasMessageContaining(Limits.HEAP_BYTES);
    }

    private static LiftedPayload feed(PayloadReader reader, String event) {
        return reader.feed(event.getBytes(UTF_8), 0, event.length()).get(0);
    }

    @Test
    void whatWasReadIsGivenBack() {
        var budget = new HeapBudget(LIMITS.heapBytes());
        var text = markdown(50_000, 20, 4_000);
        var stream = new StringBuilder();
        for (int from = 0; from < text.length(); from += 3001) {
            stream.append("data: {\"content\":")
                    .append(JsonMapper.shared()
                            .writeValueAsString(text.substring(from, Math.min(from + 3001, text.length()))))
                    .append("}\n\n");
        }
        var reader = PayloadReader.stream(LIMITS).within(budget);
        var bytes = stream.toString().getBytes(UTF_8);
        PicturedText pictured = null;
        int pictures = 0;
        for (var payload : reader.feed(bytes, 0, bytes.length)) {
            pictured = pictured == null ? payload.picturedText() : pictured;
            pictures += (int) payload.pieces(payload.json().path("content"), pictured).stream()
                    .filter(PicturedText.Picture.class::isInstance)
                    .count();
            payload.letGo();
        }
        assertThat(pictures).isEqualTo(3);
        assertThat(budget.held()).isLessThan(70_000);
    }

    /** Bytes allocated for each byte of the picture. */
    private static double allocated(int size, int delta) {
        var text = "![](data:image/png;base64," + base64(size) + ")";
        var stream = new StringBuilder();
        for (int from = 0; from < text.length(); from += delta) {
            stream.append("data: {\"content\":\"")
                    .append(text, from, Math.min(from + delta, text.length()))
                    .append("\"}\n\n");
        }
        var bytes = stream.toString().getBytes(UTF_8);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            var reader = PayloadReader.stream(Limits.defaults());
            PicturedText pictured = null;
            int pictures = 0;
            for (int from = 0; from < bytes.length; from += 65536) {
                for (var payload : reader.feed(bytes, from, Math.min(65536, bytes.length - from))) {
                    pictured = pictured == null ? payload.picturedText() : pictured;
                    pictures += (int) payload.pieces(payload.json().path("content"), pictured).stream()
                            .filter(PicturedText.Picture.class::isInstance)
                            .count();
                }
            }
            assertThat(pictures).isEqualTo(1);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return (double) least / size;
    }

    @Test
    void aLargePictureInATextCostsItsBytesAndNoString() {
        assertThat(allocated(20_000_000, Integer.MAX_VALUE / 2)).isLessThan(1.05);
        // decoded, encoded and decoded again, piece by piece; none of it is kept
        assertThat(allocated(2_000_000, 10_000)).isLessThan(8);
        assertThat(allocated(8_000_000, 10_000)).isLessThan(8);
    }
}
