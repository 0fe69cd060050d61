package dev.darkroom.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException.Reason;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatEmulatorTest extends EmulatedGatewayContract {

    @Override
    protected String gateway() {
        return "chat-completions";
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("google/gemini-3.1-flash-image", "a lighthouse at dawn");
    }

    /** Asked for in words: few gateways know of a number. */
    @Override
    protected ImageRequest group(int images) {
        return inWords(images);
    }

    @Override
    protected boolean streams() {
        return true;
    }

    /**
     * What it has no words for is refused by the emulator as a wrong request. The day's allowance is a rate limit, which comes
     * back.
     */
    @Override
    protected Map<Ending, Set<Fault>> endings() {
        return Map.of(
                Ending.UNDERSTOOD,
                EnumSet.of(Fault.GARBAGE),
                Ending.TRIED_AGAIN,
                EnumSet.of(
                        Fault.IN_FLIGHT_BUDGET, Fault.RATE_LIMIT_UPSTREAM, Fault.RATE_LIMIT_EVENT, Fault.SPENT_QUOTA),
                Ending.REJECTED,
                EnumSet.of(Fault.RATE_LIMIT_AVAILABILITY, Fault.IMAGE_FAILED),
                Ending.FAILED,
                EnumSet.of(Fault.PROVIDER_ERROR, Fault.ERROR_EVENT),
                Ending.UNKNOWN,
                EnumSet.of(Fault.REQUEST_TIMEOUT, Fault.EDGE_TIMEOUT, Fault.NO_TERMINAL));
    }

    @Override
    protected Map<Fault, Reason> reasons() {
        return Map.of(Fault.IMAGE_FAILED, Reason.MODERATION);
    }

    /** In a list, in the text, in parts of the content; as bytes and by URL. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "google/gemini-3-pro-image",
                "openai/gpt-5-image-mini",
                "relay/images",
                "relay/images-by-url",
                "relay/markdown",
                "relay/markdown-by-url",
                "relay/content-parts",
                "relay/content-parts-by-url"
            })
    void whereverAnImageStandsItIsOneAndTheWordsAreNot(String model) throws IOException {
        for (boolean stream : new boolean[] {false, true}) {
            var result = result(request().model(model).stream(stream));
            assertThat(result.images()).hasSize(1);
            assertPicture(result.first());
            assertThat(result.text()).isNotBlank().doesNotContain("![", "data:");
        }
    }
}
