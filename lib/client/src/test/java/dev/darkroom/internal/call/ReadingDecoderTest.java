package dev.darkroom.internal.call;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.internal.decode.ReadingDecoder;
import dev.darkroom.internal.gateway.ark.ArkDialect;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import dev.darkroom.internal.http.Allowance;
import dev.darkroom.settings.Limits;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingDecoderTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Limits LIMITS = Limits.defaults().images(1_000_000);
    private static final Reply REPLY = new Reply(200, Map.of(), Instant.EPOCH);
    private static final String PNG = "iVBORw0KGgoBAgM=";

    private static ReadingDecoder decoder(Dialect dialect, Limits limits) {
        return decoder(dialect.reading(ImageRequest.of("m", "p").n(3), REPLY), limits);
    }

    private static ReadingDecoder decoder(Reading reading, Limits limits) {
        return ReadingDecoder.of(null, reading, Allowance.of(limits), List.of());
    }

    private static List<ImageEvent> feed(ReadingDecoder decoder, String text) {
        return decoder.feed(Unpooled.wrappedBuffer(text.getBytes(US_ASCII)));
    }

    private static OutcomeUnknownException end(ReadingDecoder decoder) {
        var failure = catchThrowable(decoder::end);
        return (OutcomeUnknownException) new FailureTranslator(new OpenAiDialect())
                .of(failure, FailureDetails.NONE, () -> PartialResult.NOTHING);
    }

    private static String finished(int index) {
        return "data: {\"type\":\"image_generation.partial_succeeded\",\"image_index\":" + index + ",\"b64_json\":\""
                + PNG + "\"}\n\n";
    }

    /** Bytes allocated for each image of a stream. */
    private static long allocated(int images) {
        var decoder = decoder(new ArkDialect(), LIMITS);
        var event = finished(0);
        feed(decoder, event);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 1; i < images; i++) {
            assertThat(feed(decoder, event)).hasSize(1);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(end(decoder).partialResult().images()).hasSize(images);
        return allocated / images;
    }

    @Test
    void anImageCostsTheSameHoweverManyWereFinishedBefore() {
        allocated(500); // for what is loaded once
        assertThat(allocated(8_000)).isLessThan(2 * allocated(500));
    }

    @Test
    void imagesWithFreeNumbersOfTheirOwnFindThemInTurn() {
        var decoder = decoder(new ArkDialect(), LIMITS);
        for (int i = 0; i < 3_000; i++) {
            feed(decoder, finished(9_999 - i));
        }
        for (int i = 0; i < 3_000; i++) {
            feed(decoder, finished(-1));
        }
        assertThat(end(decoder).partialResult().images())
                .extracting(GeneratedImage::index)
                .doesNotHaveDuplicates()
                .hasSize(6_000);
    }

    @Test
    void theImageOneTooManyEndsItWithThoseBeforeIt() {
        var decoder = decoder(new ArkDialect(), LIMITS.images(2));
        assertThat(feed(decoder, finished(0) + finished(1) + finished(2))).hasSize(2);
        assertThat(decoder.isDone()).isTrue();
        var failure = end(decoder);
        assertThat(failure.reason()).isEqualTo(OutcomeUnknownException.Reason.TOO_LARGE);
        assertThat(failure).hasMessageContaining("l.images");
        assertThat(failure.partialResult().images()).hasSize(2);
    }

    @Test
    void previewsCountAsImagesAndOnlyTheNewestOnTheHeap() {
        var preview = "data: {\"type\":\"image_generation.partial_image\",\"b64_json\":\"" + "QUJD".repeat(10_000)
                + "\"}\n\n";
        var decoder = decoder(new OpenAiDialect(), LIMITS.images(50).heapBytes(100_000));
        for (int i = 0; i < 50; i++) {
            assertThat(feed(decoder, preview)).hasSize(1);
        }
        assertThat(feed(decoder, preview)).isEmpty();
        assertThat(end(decoder)).hasMessageContaining("l.images");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b64_json", "url"})
    void imagesOfADocumentThatBreaksOffAreInTheFailure(String name) {
        var image = name.equals("url") ? "https://example.org/1" : PNG;
        var decoder = decoder(new OpenAiDialect(), LIMITS);
        feed(decoder, "{\"data\":[{\"" + name + "\":\"" + image + "\"},{\"" + name + "\":\"" + image.substring(0, 10));
        assertThat(end(decoder).partialResult().images()).hasSize(1);
    }

    @Test
    void anImageThatIsWholeInAnEventThatIsNotIsInTheFailure() {
        var decoder = decoder(new OpenAiDialect(), LIMITS);
        feed(decoder, "data: {\"type\":\"image_generation.completed\",\"b64_json\":\"" + PNG + "\",\"usage\":{\"in");
        var failure = end(decoder);
        assertThat(failure.reason()).isEqualTo(OutcomeUnknownException.Reason.CUT);
        assertThat(failure.partialResult().images()).hasSize(1);
    }

    /** Reads nothing but trouble. */
    private record Stumbling(Throwable trouble, boolean alsoAtTheEnd) implements Reading {

        @Override
        public List<ImageEvent> read(Payload payload) {
            throw Stumbling.<RuntimeException>any(trouble);
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <E extends Throwable> E any(Throwable trouble) throws E {
            throw (E) trouble;
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public ImageException end() {
            throw Stumbling.<RuntimeException>any(trouble);
        }

        @Override
        public PartialResult partialResult() {
            if (alsoAtTheEnd) {
                throw Stumbling.<RuntimeException>any(trouble);
            }
            return new PartialResult(null, List.of(GeneratedImage.of(0, new byte[] {1})));
        }
    }

    @Test
    void whateverADialectThrowsIsTheFailureOfItsCallWithThatCause() {
        var troubles = new ArrayList<Throwable>(List.of(
                new OutOfMemoryError("heap"),
                new StackOverflowError(),
                new NoClassDefFoundError("x"),
                new AssertionError("x"),
                new NullPointerException("x")));
        for (Throwable trouble : troubles) {
            var decoder = decoder(new Stumbling(trouble, false), LIMITS);
            assertThat(feed(decoder, "data: {}\n\n")).isEmpty();
            assertThat(decoder.isDone()).isTrue();
            var failure = end(decoder);
            assertThat(failure.getCause()).isSameAs(trouble);
            assertThat(failure).hasMessageContaining(trouble.getClass().getSimpleName());
            assertThat(failure.partialResult().images()).hasSize(1);

            var atTheEnd = decoder(new Stumbling(trouble, true), LIMITS);
            feed(atTheEnd, ": a comment\n\n");
            assertThat(end(atTheEnd).getCause()).isSameAs(trouble);
        }
    }

    @Test
    void aDialectThatReturnsNothingAtAllIsAtFault() {
        var silent = new Reading() {
            @Override
            public List<ImageEvent> read(Payload payload) {
                return null;
            }

            @Override
            public boolean isComplete() {
                return false;
            }

            @Override
            public ImageException end() {
                return null;
            }

            @Override
            public PartialResult partialResult() {
                return null;
            }
        };
        var decoder = decoder(silent, LIMITS);
        feed(decoder, "data: {}\n\n");
        assertThat(end(decoder).getCause()).isInstanceOf(NullPointerException.class);
        var atTheEnd = decoder(silent, LIMITS);
        feed(atTheEnd, ": a comment\n\n");
        assertThat(end(atTheEnd).getCause()).isInstanceOf(NullPointerException.class);
    }
}
