package dev.darkroom.internal.call;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.darkroom.dialect.Reply;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.OutcomeUnknownException.Reason;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import dev.darkroom.internal.http.BodyDecoder;
import dev.darkroom.internal.wire.PayloadReader;
import dev.darkroom.internal.wire.WireException;
import dev.darkroom.settings.Limits;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What became of an answer, in the words of the sealed exceptions. */
class FailureTranslatorTest {

    private static final Reply REPLY = new Reply(200, Map.of(), Instant.EPOCH);
    private static final PartialResult ARRIVED = new PartialResult(null, List.of(GeneratedImage.of(0, new byte[] {1})));

    private final FailureTranslator translator = new FailureTranslator(new OpenRouterDialect());

    private OutcomeUnknownException of(Throwable cause, boolean cut) {
        var failure = translator.of(new BodyDecoder.Failure(cause, ARRIVED, cut), REPLY, () -> {
            throw new AssertionError("the failure knows it");
        });
        assertThat(failure).isInstanceOf(OutcomeUnknownException.class).hasCause(cause);
        var unknown = (OutcomeUnknownException) failure;
        assertThat(unknown.partialResult()).isSameAs(ARRIVED);
        assertThat(unknown.status()).isEqualTo(200);
        return unknown;
    }

    private static Throwable truncated() {
        return catchThrowable(() -> {
            var reader = PayloadReader.document(Limits.defaults());
            reader.feed(Unpooled.wrappedBuffer("{\"data\":".getBytes(US_ASCII)));
            reader.end();
        });
    }

    @Test
    void anAnswerThatBreaksOffIsCutAndOneThatSaysItIsWholeCannotBeRead() {
        assertThat(of(truncated(), true).reason()).isEqualTo(Reason.CUT);
        assertThat(of(truncated(), true)).hasMessageContaining("openrouter left the outcome open: ");
        assertThat(of(truncated(), false).reason()).isEqualTo(Reason.UNDECODABLE);
        assertThat(of(truncated(), false)).hasMessageContaining("openrouter sent an answer that cannot be read: ");
    }

    @Test
    void whatExceedsALimitIsTooLarge() {
        var failure = of(WireException.LimitExceeded.images(3), false);
        assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(failure).hasMessageContaining("The number of images");
    }

    @Test
    void whatADialectSaysIsToldAsItIsAndWhatItStumblesOverAsItsFault() {
        var told = new RateLimitedException("limited", FailureDetails.NONE, null);
        assertThat(translator.of(new BodyDecoder.Failure(told, ARRIVED, false), REPLY, () -> ARRIVED))
                .isSameAs(told);
        assertThat(of(new IllegalArgumentException("n is a word"), false))
                .hasMessageContaining("sent an answer that makes no sense: n is a word");
        assertThat(of(new IllegalStateException("secret"), false))
                .hasMessageContaining("its dialect threw IllegalStateException")
                .hasMessageNotContaining("secret");
        assertThat(of(new OutOfMemoryError("heap"), false)).hasMessageContaining("reading it failed here");
    }

    @Test
    void whatIsNobodysWordsPassesAsItIs() {
        var other = new IllegalStateException("of a user's operator");
        assertThat(translator.of(other, null, () -> ARRIVED)).isSameAs(other);
    }
}
