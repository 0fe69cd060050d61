package dev.darkroom.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.OutcomeUnknownException.Reason;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import dev.darkroom.internal.http.BodyDecoder;
import dev.darkroom.internal.http.BodyDecoder.Failure.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What became of an answer, in the words of the sealed exceptions. */
class FailureTranslatorTest {

    private static final FailureDetails HEAD = FailureDetails.NONE.withStatus(200);
    private static final PartialResult ARRIVED = new PartialResult(null, List.of(GeneratedImage.of(0, new byte[] {1})));

    private final FailureTranslator translator = new FailureTranslator(new OpenRouterDialect());

    private OutcomeUnknownException of(Kind kind, Throwable cause) {
        var failure = translator.of(new BodyDecoder.Failure(kind, cause, ARRIVED), HEAD, () -> {
            throw new AssertionError("the failure knows it");
        });
        assertThat(failure).isInstanceOf(OutcomeUnknownException.class).hasCause(cause);
        var unknown = (OutcomeUnknownException) failure;
        assertThat(unknown.partialResult()).isSameAs(ARRIVED);
        assertThat(unknown.status()).isEqualTo(200);
        return unknown;
    }

    @Test
    void anAnswerThatBreaksOffIsCutAndOneThatSaysItIsWholeCannotBeRead() {
        var early = new IllegalStateException("The document ended early");
        assertThat(of(Kind.CUT, early).reason()).isEqualTo(Reason.CUT);
        assertThat(of(Kind.CUT, early)).hasMessage("openrouter left the outcome open: The document ended early");
        assertThat(of(Kind.UNREADABLE, early).reason()).isEqualTo(Reason.UNDECODABLE);
        assertThat(of(Kind.UNREADABLE, early))
                .hasMessage("openrouter sent an answer that cannot be read: The document ended early");
    }

    @Test
    void whatExceedsALimitIsTooLarge() {
        var failure = of(Kind.TOO_LARGE, new IllegalStateException("The number of images"));
        assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(failure).hasMessageContaining("The number of images");
    }

    @Test
    void whatADialectSaysIsToldAsItIsAndWhatItStumblesOverAsItsFault() {
        var told = new RateLimitedException("limited", FailureDetails.NONE, null);
        assertThat(translator.of(new BodyDecoder.Failure(Kind.THROWN, told, ARRIVED), HEAD, () -> ARRIVED))
                .isSameAs(told);
        assertThat(of(Kind.THROWN, new IllegalArgumentException("n is a word")))
                .hasMessageContaining("sent an answer that makes no sense: n is a word");
        assertThat(of(Kind.THROWN, new IllegalStateException("secret")))
                .hasMessageContaining("its dialect threw IllegalStateException")
                .hasMessageNotContaining("secret");
        assertThat(of(Kind.THROWN, new OutOfMemoryError("heap"))).hasMessageContaining("reading it failed here");
    }

    @Test
    void whatIsNobodysWordsPassesAsItIs() {
        var other = new IllegalStateException("of a user's operator");
        assertThat(translator.of(other, FailureDetails.NONE, () -> ARRIVED)).isSameAs(other);
    }
}
