package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagicBytesTest {

    private static ByteBuffer latin1(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    image/png,  \\x89PNG\\r\\n\\x1a\\n
                    image/jpeg, \\xff\\xd8\\xff\\xe0
                    image/webp, RIFF\\x01\\x02\\x03\\x04WEBPVP8X
                    image/gif,  GIF89a
                    image/avif, \\x00\\x00\\x00\\x1cftypavif
                    image/avif, \\x00\\x00\\x00\\x1cftypavis
                    image/avif, \\x00\\x00\\x00\\x1cftypmif1\\x00\\x00\\x00\\x00mif1avifmiaf
                    image/heic, \\x00\\x00\\x00\\x18ftypheic\\x00\\x00\\x00\\x00mif1heic
                    image/heic, \\x00\\x00\\x00\\x18ftypheix
                    image/heic, \\x00\\x00\\x00\\x18ftyphevc\\x00\\x00\\x00\\x00msf1
                    image/heic, \\x00\\x00\\x00\\x18ftypmif1\\x00\\x00\\x00\\x00mif1heic
                    image/heic, \\x00\\x00\\x00\\x1cftypMSNV\\x00\\x00\\x00\\x00isomheicmif1
                    image/heif, \\x00\\x00\\x00\\x14ftypmif1\\x00\\x00\\x00\\x00mif1
                    image/heif, \\x00\\x00\\x00\\x14ftypmsf1\\x00\\x00\\x00\\x00msf1heic
                    image/jxl,  \\x00\\x00\\x00\\x0cJXL\\x20\\x0d\\x0a\\x87\\x0a
                    image/jp2,  \\x00\\x00\\x00\\x0cjP\\x20\\x20\\x0d\\x0a\\x87\\x0a
                    image/tiff, II*\\x00
                    image/tiff, MM\\x00*
                    image/bmp,  BM\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x36\\x00\\x00\\x00
                    image/svg+xml, <svg xmlns='x'>
                    image/svg+xml, <?xml version='1.0'?><svg>
                    image/svg+xml, <!-- made by hand --><svg>
                    image/svg+xml, <!DOCTYPE svg PUBLIC 'x'>
                    """)
    void knowsEachFormatByItsFirstBytes(String type, String head) {
        assertThat(MagicBytes.mediaType(latin1(unescape(head)))).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "\\x00\\x00\\x00\\x18ftypisom\\x00\\x00\\x00\\x00mp41avc1",
        "\\x00\\x00\\x00\\x18ftypqt\\x20\\x20",
        "\\x00\\x00\\x00\\x18ftyp",
        "<html>",
        "<?xml version='1.0'?><rss>",
        "BM",
        "RIFF\\x01\\x02\\x03\\x04WAVE",
        "\\x89PN",
        "''",
        "hello"
    })
    void saysNothingOfAnythingElse(String head) {
        assertThat(MagicBytes.mediaType(latin1(unescape(head)))).isNull();
    }

    @Test
    void anSvgMayBeginWithAByteOrderMarkAndBlanks() {
        assertThat(MagicBytes.mediaType(ByteBuffer.wrap("\ufeff  <svg/>".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("image/svg+xml");
    }

    @Test
    void leavesTheBufferAsItWasAndReadsFromItsPosition() {
        var buffer = latin1("xxGIF89a").position(2);
        assertThat(MagicBytes.mediaType(buffer)).isEqualTo("image/gif");
        assertThat(buffer.position()).isEqualTo(2);
    }

    private static String unescape(String text) {
        var plain = new StringBuilder();
        var matcher = Pattern.compile("\\\\x([0-9a-f]{2})")
                .matcher(text.replace("\\r", "\r").replace("\\n", "\n"));
        while (matcher.find()) {
            matcher.appendReplacement(
                    plain, Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(matcher.group(1), 16))));
        }
        return matcher.appendTail(plain).toString();
    }
}
