package dev.darkroom.internal.call;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.Ark;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.call.Prepare.Prepared;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrepareTest {

    private static final ImageRequest PLAIN = ImageRequest.of("a/b", "a lighthouse");
    private static final ImageRequest MARKED = PLAIN.with(Ark.WATERMARK, true).seed(1);

    /** Takes all it is given, whatever it says of it; counts images. */
    private static final class Careless implements Dialect {

        private final List<ImageRequest> given = new ArrayList<>();

        @Override
        public String name() {
            return "careless";
        }

        @Override
        public URI baseUrl() {
            return URI.create("https://careless.example");
        }

        @Override
        public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
            return request.get(Ark.WATERMARK).isEmpty() ? Map.of() : Map.of(Ark.WATERMARK, "it paints no marks");
        }

        @Override
        public int cost(ImageRequest request) {
            return request.options().size();
        }

        @Override
        public ApiCall generate(ImageRequest request) {
            given.add(request);
            return new ApiCall("POST", "/", Map.of(), List.of());
        }

        @Override
        public Reading reading(ImageRequest request, Reply reply) {
            throw new AssertionError("nothing is read");
        }

        @Override
        public ImageException failure(Reply reply, byte[] body) {
            return new RejectedException(RejectedException.Reason.REQUEST, "no", FailureDetails.NONE);
        }
    }

    private final Careless careless = new Careless();

    private static Prepared prepared(Dialect dialect, boolean lenient, ImageRequest request) {
        return requireNonNull(
                new Prepare(dialect, dialect.name(), lenient).fitted(request).block());
    }

    @Test
    void aLenientClientLeavesOutWhatIsNotTakenAndSaysSo() {
        var prepared = prepared(careless, true, MARKED);
        assertThat(careless.given).containsExactly(PLAIN.seed(1));
        assertThat(prepared.request()).isEqualTo(PLAIN.seed(1));
        assertThat(prepared.cost()).as("of what is sent").isEqualTo(1);
        assertThat(prepared.warnings())
                .containsExactly(
                        "watermark was left out: careless does not take it for model a/b (it paints no marks)");
    }

    @Test
    void aLenientClientChangesNothingAboutARequestThatFits() {
        var prepared = prepared(careless, true, PLAIN);
        assertThat(prepared.request()).isSameAs(PLAIN);
        assertThat(prepared.warnings()).isEmpty();
        assertThat(prepared.cost()).as("never less than one").isEqualTo(1);
        assertThat(prepared.quota()).isEqualTo("a/b");
    }

    @Test
    void aStrictClientRefusesItEvenIfTheDialectForgetsTo() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> prepared(careless, false, MARKED))
                .withMessage("not sent: careless does not take [watermark] for model a/b");
    }

    @Test
    void aRequestIsWrittenOncePerSubscriptionAndNotBefore() {
        var prepare = new Prepare(careless, "careless", false).fitted(PLAIN);
        assertThat(careless.given).isEmpty();
        prepare.block();
        prepare.block();
        assertThat(careless.given).hasSize(2);
    }

    @Test
    void referencesAndAMaskAreNeverLeftOut() {
        var masked = PLAIN.references(ImageReference.stored("file-1")).mask(ImageReference.stored("file-2"));
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> prepared(new OpenRouterDialect(), true, masked))
                .withMessageContaining("mask is not taken by openrouter for model a/b");
    }

    @Test
    void whatIsWrongWithAValueIsRefusedByALenientClientToo() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> prepared(new OpenRouterDialect(), true, PLAIN.n(99)));
    }
}
