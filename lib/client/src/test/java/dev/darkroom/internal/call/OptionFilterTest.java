package dev.darkroom.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.Ark;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.Payloads;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionFilterTest {

    private static final ImageRequest PLAIN = ImageRequest.of("a/b", "a lighthouse");
    private static final ImageRequest MARKED = PLAIN.with(Ark.WATERMARK, true).seed(1);
    private static final Reply REPLY = new Reply(200, Map.of(), Instant.parse("2026-11-20T10:00:00Z"));
    private static final String ONE_IMAGE = "{\"data\":[{\"b64_json\":\"iVBORw0KGgoq\"}]}";

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
            given.add(request);
            return new OpenRouterDialect().reading(request, reply);
        }

        @Override
        public ImageException failure(Reply reply, byte[] body) {
            return new RejectedException(RejectedException.Reason.REQUEST, "no", FailureDetails.NONE);
        }
    }

    private final Careless careless = new Careless();

    private static ImageEvent.Completed completed(Dialect dialect, ImageRequest request) {
        return (ImageEvent.Completed) dialect.reading(request, REPLY)
                .read(Payloads.document(ONE_IMAGE))
                .get(0);
    }

    @Test
    void aLenientClientLeavesOutWhatIsNotTakenAndSaysSoInTheResult() {
        var lenient = new OptionFilter(careless, true);
        lenient.generate(MARKED);
        var warnings = completed(lenient, MARKED).result().warnings();
        assertThat(careless.given).containsOnly(PLAIN.seed(1));
        assertThat(warnings)
                .containsExactly(
                        "watermark was left out: careless does not take it for model a/b (it paints no marks)");
        assertThat(lenient.cost(MARKED)).as("of what is sent").isEqualTo(1);
    }

    @Test
    void aLenientClientChangesNothingAboutARequestThatFits() {
        var lenient = new OptionFilter(careless, true);
        lenient.generate(PLAIN);
        assertThat(completed(lenient, PLAIN).result().warnings()).isEmpty();
        assertThat(careless.given).containsOnly(PLAIN);
    }

    @Test
    void aStrictClientRefusesItEvenIfTheDialectForgetsTo() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> new OptionFilter(careless, false).generate(MARKED))
                .withMessage("not sent: careless does not take [watermark] for model a/b");
    }

    @Test
    void referencesAndAMaskAreNeverLeftOut() {
        var masked = PLAIN.references(ImageReference.stored("file-1")).mask(ImageReference.stored("file-2"));
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> new OptionFilter(new OpenRouterDialect(), true).generate(masked))
                .withMessageContaining("mask is not taken by openrouter for model a/b");
    }

    @Test
    void whatIsWrongWithAValueIsRefusedByALenientClientToo() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> new OptionFilter(new OpenRouterDialect(), true).generate(PLAIN.n(99)));
    }
}
