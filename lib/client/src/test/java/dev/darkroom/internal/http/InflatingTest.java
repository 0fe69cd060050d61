package dev.darkroom.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed bytes, cut everywhere, and what is said to be compressed and is not. */
class InflatingTest {

    private static final byte[] TEXT =
            "{\"data\":[1,2,3]} {\"data\":[1,2,3]} é".repeat(3).getBytes(UTF_8);

    /** Keeps what it is fed, and how it ended. */
    private static final class Kept implements BodyDecoder<String> {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private @Nullable BodyEnd end;
        private int largest;

        @Override
        public List<String> feed(ByteBuf chunk) {
            var piece = new byte[chunk.readableBytes()];
            chunk.readBytes(piece);
            largest = Math.max(largest, piece.length);
            bytes.writeBytes(piece);
            return List.of();
        }

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public List<String> end() {
            return end(BodyEnd.PROVEN);
        }

        @Override
        public List<String> end(BodyEnd how) {
            end = how;
            return List.of();
        }
    }

    private final Kept kept = new Kept();

    private BodyDecoder<String> decoder(int status, String... codings) {
        var headers = new DefaultHttpHeaders();
        headers.add("Content-Encoding", List.of(codings));
        return Inflating.where(headers, status, kept);
    }

    private static void feed(BodyDecoder<String> decoder, byte[] bytes, int from, int to) {
        decoder.feed(Unpooled.wrappedBuffer(bytes, from, to - from));
        while (decoder.hasMore()) {
            decoder.feed(Unpooled.EMPTY_BUFFER);
        }
    }

    private Kept read(byte[] bytes, int cut, int status, String... codings) {
        kept.bytes.reset();
        kept.end = null;
        var decoder = decoder(status, codings);
        feed(decoder, bytes, 0, cut);
        feed(decoder, bytes, cut, bytes.length);
        decoder.end(BodyEnd.PROVEN);
        return kept;
    }

    private void assertReads(byte[] expected, byte[] body, String... codings) {
        for (int cut = 0; cut <= body.length; cut++) {
            assertThat(read(body, cut, 200, codings).bytes.toByteArray())
                    .as("cut at %d", cut)
                    .isEqualTo(expected);
            assertThat(kept.end).as("cut at %d", cut).isEqualTo(BodyEnd.PROVEN);
        }
    }

    static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] bytes, boolean raw) {
        var out = new ByteArrayOutputStream();
        try (var deflate = new DeflaterOutputStream(out, new Deflater(9, raw))) {
            deflate.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    @Test
    void everyFormatIsReadWhereverItIsCut() {
        assertReads(TEXT, gzip(TEXT), "gzip");
        assertReads(TEXT, gzip(TEXT), "X-GZIP");
        assertReads(TEXT, deflate(TEXT, false), "deflate");
        assertReads(TEXT, deflate(TEXT, true), "deflate");
        assertReads(TEXT, TEXT, "identity");
        assertReads(TEXT, TEXT, "");
        assertReads(TEXT, TEXT);
        assertReads(new byte[0], gzip(new byte[0]), "gzip");
    }

    @Test
    void codingsAreTakenOffInTheOrderInWhichTheyWereMadeBackwards() {
        assertReads(TEXT, gzip(deflate(TEXT, false)), "deflate, gzip");
        assertReads(TEXT, gzip(deflate(TEXT, true)), "deflate", "identity", "gzip");
        assertReads(TEXT, gzip(gzip(gzip(TEXT))), "gzip,gzip,gzip");
    }

    @Test
    void gzipIsKnownByItsFirstByteWhateverTheLabelSays() {
        assertReads(TEXT, gzip(TEXT));
        assertReads(TEXT, gzip(TEXT), "identity");
        assertReads(TEXT, gzip(gzip(TEXT)), "gzip");
    }

    @Test
    void aHeadMayHaveAllItsPartsAndMembersMayFollowEachOther() {
        var gzip = gzip(TEXT);
        var head = new byte[] {
            0x1f, (byte) 0x8b, 8, 31, 0, 0, 0, 0, 0, 3, 2, 0, 'e', 'x', 'n', 'a', 'm', 'e', 0, 'c', 'o', 'm', 0, 1, 2
        };
        var rich = join(head, Arrays.copyOfRange(gzip, 10, gzip.length));
        assertReads(TEXT, rich, "gzip");
        assertReads(join(TEXT, TEXT), join(gzip, rich), "gzip");
        assertReads(TEXT, join(gzip, gzip(new byte[0])), "gzip");
        assertReads(TEXT, join(gzip, "padding".getBytes(UTF_8)), "gzip");
        assertReads(TEXT, join(gzip, new byte[5]), "gzip");
    }

    @Test
    void whatEndsTooEarlyProvesNothingWhateverTheTransferSays() {
        for (byte[] whole : List.of(gzip(TEXT), deflate(TEXT, false), deflate(TEXT, true))) {
            var coding = whole[0] == 0x1f ? "gzip" : "deflate";
            for (int length = 1; length < whole.length; length++) {
                read(Arrays.copyOf(whole, length), 0, 200, coding);
                assertThat(kept.end).as("%d bytes of %s", length, coding).isEqualTo(BodyEnd.UNPROVEN);
                assertThat(kept.bytes.toByteArray()).isEqualTo(Arrays.copyOf(TEXT, kept.bytes.size()));
            }
        }
    }

    private void assertBroken(byte[] body, String words, String... codings) {
        read(body, body.length / 2, 200, codings);
        assertThat(kept.end).isNotNull();
        assertThat(kept.end.failure()).isNotNull().hasMessageContaining(words);
        assertThat(kept.end.failure().kind()).isEqualTo(HttpFailure.Kind.COMPRESSION);
    }

    @Test
    void aChecksumThatIsAnotherIsToldBehindTheContent() {
        for (boolean gzip : new boolean[] {true, false}) {
            var body = gzip ? gzip(TEXT) : deflate(TEXT, false);
            body[body.length - 4] ^= 1;
            assertBroken(body, "checksum", gzip ? "gzip" : "deflate");
            assertThat(kept.bytes.toByteArray()).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gzip,with gzip",
        "deflate,with deflate",
        "br,with br",
        "zstd,with zstd",
        "'br, gzip',with br",
        "a b,no proper name"
    })
    void aLabelThatLiesOrThatNobodyKnowsIsAFailure(String coding, String words) {
        assertBroken("{\"data\":[1]}".getBytes(UTF_8), words, coding);
        assertThat(kept.bytes.toString(UTF_8)).doesNotContain("data");
    }

    @Test
    void moreCodingsThanAnybodyNeedsAreNotTakenOff() {
        assertBroken(gzip(gzip(gzip(gzip(TEXT)))), "more than 3 times", "gzip,gzip,gzip,gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void aRefusalIsReadAsItStandsWhereItsLabelLies(String coding) {
        var body = "{\"error\":{}}".getBytes(UTF_8);
        for (int cut = 0; cut <= body.length; cut++) {
            assertThat(read(body, cut, 429, coding).bytes.toByteArray()).isEqualTo(body);
        }
        assertThat(read(gzip(body), 3, 429, "gzip").bytes.toByteArray()).isEqualTo(body);
    }

    @Test
    void ofABombOnePieceIsMadeAtATime() {
        var bomb = gzip(gzip(new byte[40 << 20]));
        assertThat(bomb.length).isLessThan(1000);
        var decoder = decoder(200, "gzip, gzip");
        int pieces = 0;
        decoder.feed(Unpooled.wrappedBuffer(bomb));
        while (decoder.hasMore() && pieces++ < 100) {
            decoder.feed(Unpooled.EMPTY_BUFFER);
            kept.bytes.reset();
        }
        assertThat(pieces).isEqualTo(101);
        assertThat(kept.largest).isLessThanOrEqualTo(16 * 1024);
    }

    @Test
    void compressionWithoutContentEnds() {
        var endless = new byte[70_000];
        Arrays.fill(endless, (byte) 'x'); // the name of a file
        var decoder = decoder(200, "gzip");
        feed(decoder, new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 3}, 0, 10);
        for (int i = 0; i < 16; i++) {
            feed(decoder, endless, 0, endless.length);
        }
        assertThat(decoder.isDone()).isTrue();
        decoder.end(BodyEnd.PROVEN);
        assertThat(kept.end.failure()).hasMessageContaining("without content");
        assertBroken(gzip(repeat(gzip(new byte[0]), 100_000)), "without content", "gzip,gzip");
    }

    private static byte[] repeat(byte[] bytes, int times) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void largeBodiesOfAnyKindAreReadInPiecesOfAnySize() {
        var random = new Random(1);
        var noise = new byte[300_000];
        random.nextBytes(noise);
        var zeros = new byte[300_000];
        for (byte[] content : List.of(noise, zeros, join(zeros, noise, zeros))) {
            for (byte[] body : List.of(gzip(content), deflate(content, true))) {
                kept.bytes.reset();
                var decoder = decoder(200, body[0] == 0x1f ? "gzip" : "deflate");
                for (int from = 0; from < body.length; ) {
                    int to = Math.min(body.length, from + 1 + random.nextInt(70_000));
                    feed(decoder, body, from, to);
                    from = to;
                }
                decoder.end(BodyEnd.PROVEN);
                assertThat(kept.end).isEqualTo(BodyEnd.PROVEN);
                assertThat(kept.bytes.toByteArray()).isEqualTo(content);
            }
        }
    }

    @Test
    void whatIsNotCompressedPassesAsItIs() {
        var chunk = Unpooled.wrappedBuffer(TEXT);
        var seen = new ByteBuf[1];
        var decoder = Inflating.where(new DefaultHttpHeaders(), 200, new BodyDecoder<String>() {
            @Override
            public List<String> feed(ByteBuf given) {
                seen[0] = given;
                return List.of();
            }

            @Override
            public boolean isDone() {
                return false;
            }

            @Override
            public List<String> end() {
                return List.of();
            }
        });
        decoder.feed(chunk);
        assertThat(seen[0]).isSameAs(chunk);
        assertThat(decoder.hasMore()).isFalse();
    }
}
