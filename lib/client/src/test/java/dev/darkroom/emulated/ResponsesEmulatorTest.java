package dev.darkroom.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.gateway.Responses;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.Size;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResponsesEmulatorTest extends EmulatedGatewayContract {

    @Override
    protected String gateway() {
        return "openai-responses";
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("gpt-5", "a lighthouse at dawn").size(Size.pixels(1024, 640));
    }

    @Override
    protected ImageRequest streamed() {
        return super.streamed().partialImages(1);
    }

    /** The model decides how often it calls the tool. */
    @Override
    protected ImageRequest group(int images) {
        return inWords(images).extra("tool_choice", "auto");
    }

    @Override
    protected boolean streams() {
        return true;
    }

    @Override
    protected boolean tellsOfFailedImages() {
        return true;
    }

    @Override
    protected Map<Ending, Set<Fault>> endings() {
        return Map.of(
                Ending.TRIED_AGAIN,
                EnumSet.of(Fault.RATE_LIMIT_UPSTREAM, Fault.RATE_LIMIT_EVENT),
                Ending.REJECTED,
                EnumSet.of(Fault.IN_FLIGHT_BUDGET, Fault.RATE_LIMIT_AVAILABILITY, Fault.SPENT_QUOTA),
                Ending.FAILED,
                EnumSet.of(Fault.PROVIDER_ERROR, Fault.ERROR_EVENT, Fault.IMAGE_FAILED, Fault.INCOMPLETE),
                Ending.UNKNOWN,
                EnumSet.of(Fault.REQUEST_TIMEOUT, Fault.EDGE_TIMEOUT, Fault.NO_TERMINAL));
    }

    @Override
    protected Map<Fault, Reason> reasons() {
        return Map.of(Fault.SPENT_QUOTA, Reason.CREDITS);
    }

    @Test
    void inTheBackgroundAConnectionThatIsCutCostsOneCreateAndArrives() {
        for (Fault fault : Set.of(Fault.CUT, Fault.RESET, Fault.NO_TERMINAL)) {
            emulator.enqueue(fault);
            var events = events(streamed().with(Responses.IN_BACKGROUND, true));
            assertThat(events.get(events.size() - 1)).as("%s", fault).isInstanceOf(ImageEvent.Completed.class);
        }
        assertThat(posts()).hasSize(3);
    }

    @Test
    void aBackgroundResponseWithoutAStreamIsAskedForUntilItIsMade() {
        var result = result(request().with(Responses.IN_BACKGROUND, true));
        assertThat(result.first().isLoaded()).isTrue();
        assertThat(result.generationId()).startsWith("resp_");
        assertThat(posts()).hasSize(1);
        var edited = result(
                request().prompt("the same at dusk").with(Responses.PREVIOUS_RESPONSE_ID, result.generationId()));
        assertThat(edited.first().isLoaded()).isTrue();
    }

    @Test
    void theToolMakesMovingPicturesAndMarkupAndSaysWhatTheAuthorUsed() {
        var gif = result(request()
                .outputFormat(OutputFormat.GIF)
                .with(Responses.FRAME_COUNT, 3)
                .with(Responses.FRAME_DURATION_MS, 100));
        assertThat(gif.first().mediaType()).isEqualTo("image/gif");
        for (boolean stream : new boolean[] {false, true}) {
            var svg = result(request().stream(stream)
                    .outputFormat(OutputFormat.SVG)
                    .with(Responses.SVG_MODEL, "gpt-5")
                    .with(Responses.SVG_EFFORT, "low"));
            assertThat(svg.first().mediaType()).isEqualTo("image/svg+xml");
            assertThat(svg.svgUsage().totalTokens()).isPositive();
        }
    }
}
