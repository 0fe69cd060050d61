package dev.darkroom.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.Size;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds beyond that wherever OpenAI's Images API is spoken. */
abstract class ImagesApiContract extends EmulatedGatewayContract {

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("gpt-image-2", "a lighthouse at dawn").size(Size.pixels(1024, 640));
    }

    @Override
    protected ImageRequest streamed() {
        return super.streamed().partialImages(1);
    }

    @Override
    protected boolean streams() {
        return true;
    }

    @Override
    protected boolean endsWithTheLastImage() {
        return true;
    }

    @Override
    protected Map<Fault, Reason> reasons() {
        return Map.of(Fault.SPENT_QUOTA, Reason.CREDITS);
    }

    @Test
    void asManyPreviewsAsAskedForSharpenThePicture() {
        var events = events(request().stream(true).partialImages(2));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Partial", "Partial", "ImageReady", "Completed");
        var result = ((ImageEvent.Completed) events.get(3)).result();
        assertThat(result.usage().outputTokens()).isPositive();
        assertThat(result.usage().inputTokens()).isPositive();
        assertThat(result.created()).isNotNull();
        assertThat(result.generationId()).isNotBlank();
        assertThat(result.fields()).containsKey("size");
    }
}
