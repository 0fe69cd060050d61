package dev.darkroom.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException.Reason;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeminiEmulatorTest extends EmulatedGatewayContract {

    @Override
    protected String gateway() {
        return "gemini";
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("gemini-3.1-flash-image", "a lighthouse at dawn");
    }

    @Override
    protected ImageRequest streamed() {
        return request().stream(true).partialImages(2);
    }

    /** Asked for in words. */
    @Override
    protected ImageRequest group(int images) {
        return inWords(images);
    }

    @Override
    protected boolean streams() {
        return true;
    }

    /** What it has no words for is refused by the emulator as a wrong request. */
    @Override
    protected Map<Ending, Set<Fault>> endings() {
        return Map.of(
                Ending.UNDERSTOOD,
                EnumSet.of(Fault.GARBAGE),
                Ending.TRIED_AGAIN,
                EnumSet.of(Fault.RATE_LIMIT_UPSTREAM, Fault.RATE_LIMIT_EVENT),
                Ending.REJECTED,
                EnumSet.of(
                        Fault.IN_FLIGHT_BUDGET,
                        Fault.REQUEST_TIMEOUT,
                        Fault.RATE_LIMIT_AVAILABILITY,
                        Fault.SPENT_QUOTA,
                        Fault.PROVIDER_ERROR,
                        Fault.EDGE_TIMEOUT,
                        Fault.IMAGE_FAILED),
                Ending.FAILED,
                EnumSet.of(Fault.ERROR_EVENT, Fault.NO_IMAGES),
                Ending.UNKNOWN,
                EnumSet.of(Fault.NO_TERMINAL));
    }

    @Override
    protected Map<Fault, Reason> reasons() {
        return Map.of(Fault.SPENT_QUOTA, Reason.CREDITS, Fault.IMAGE_FAILED, Reason.MODERATION);
    }

    @Test
    void thoughtsArePreviewsOfWhichTheLastIsTheImage() {
        var events = events(streamed());
        assertThat(events).filteredOn(ImageEvent.Partial.class::isInstance).isNotEmpty();
        assertThat(events)
                .filteredOn(event -> event instanceof ImageEvent.TextChunk chunk
                        && chunk.phase().equals(ImageEvent.TextChunk.MESSAGE))
                .isNotEmpty();
        assertThat(result(request()).text()).isNotBlank();
    }

    @Test
    void aProjectOfVertexIsSpokenToByToken() {
        var place = emulator.baseUrl("gemini")
                .toString()
                .replace("/v1beta", "/v1/projects/p/locations/global/publishers/google");
        var vertex = client().baseUrl(place);
        assertThat(vertex.result(request()).block(PATIENCE).images()).hasSize(1);
    }
}
