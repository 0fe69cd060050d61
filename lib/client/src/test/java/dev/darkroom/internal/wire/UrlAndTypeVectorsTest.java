package dev.darkroom.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.Blob;
import dev.darkroom.settings.Limits;
import dev.darkroom.testsupport.NeedsMaterial;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The vectors of browsers for what we read ourselves: {@code data:} URLs with base64, and the essence of media types. */
@NeedsMaterial
class UrlAndTypeVectorsTest {

    private static final Decoding RULES = new Decoding(Limits.defaults());

    /** Bytes only where browsers see base64, and then the same; what is percent-encoded in it, no gateway sends. */
    @Test
    void dataUrlsGiveTheBytesThatBrowsersSeeOrNone() {
        int decoded = 0;
        int cases = 0;
        for (JsonNode one : Vectors.json(Vectors.at("wpt/base64/data-urls.json"))) {
            cases++;
            var url = one.path(0).stringValue();
            var blob = RULES.decode(url);
            if (blob == null) {
                assertThat(isPlainBase64(url)).as(url).isFalse();
                continue;
            }
            decoded++;
            assertThat(bytes(blob)).as(url).isEqualTo(bytes(one.path(2)));
        }
        assertThat(cases).isEqualTo(72);
        assertThat(decoded).isGreaterThan(6);
    }

    private static boolean isPlainBase64(String url) {
        var lower = url.toLowerCase(Locale.ROOT);
        return lower.startsWith("data:") && !lower.contains("%") && lower.matches("data:[^,]*; *base64 *,.*");
    }

    private static byte[] bytes(Blob blob) {
        var bytes = new ByteArrayOutputStream();
        for (ByteBuffer segment : blob.segments()) {
            var copy = new byte[segment.remaining()];
            segment.get(copy);
            bytes.writeBytes(copy);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(JsonNode numbers) {
        var bytes = new ByteArrayOutputStream();
        numbers.forEach(number -> bytes.write(number.intValue()));
        return bytes.toByteArray();
    }

    /** Whatever follows it, the essence decides; so each input must be treated as its essence in the clear is. */
    @Test
    void parametersAndBlanksOfAMediaTypeChangeNothing() {
        int cases = 0;
        for (JsonNode one : Vectors.json(Vectors.at("wpt/http/mime-types.json"))) {
            var output = one.path("output");
            if (!output.isString()) {
                continue;
            }
            cases++;
            var essence = output.stringValue().split(";", 2)[0];
            var input = one.path("input").stringValue();
            assertThat(treatment(input)).as(input).isEqualTo(treatment(essence));
            var like = input.replaceFirst("(?i)" + Pattern.quote(essence), "text/event-stream");
            assertThat(treatment(like)).as(like).isEqualTo("stream");
        }
        assertThat(cases).isGreaterThan(50);
    }

    /** What begins with a field that nobody knows is taken for a stream only if the type says so. */
    private static String treatment(String contentType) {
        var reader = PayloadReader.detect(contentType, Limits.defaults());
        try {
            var stream = "date: 1\ndata: 1\n\n".getBytes(StandardCharsets.US_ASCII);
            return reader.feed(stream, 0, stream.length).isEmpty() ? "nothing" : "stream";
        } catch (WireException.UnsupportedContent e) {
            return "neither";
        }
    }
}
