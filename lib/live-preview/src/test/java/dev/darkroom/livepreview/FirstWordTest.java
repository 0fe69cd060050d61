package dev.darkroom.livepreview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A browser that comes back, and asks for a picture as soon as it hears a word. */
class FirstWordTest {

    private static final ImageRequest REQUEST = ImageRequest.of("painter/one", "a lighthouse");

    @TempDir
    private Path root;

    @Test
    void whoHasHeardTheFirstWordIsKnownToListen() {
        var preview = new LivePreview(
                "page",
                null,
                new PreviewSurroundings(
                        new LivePreviewProperties(
                                true,
                                "/previews",
                                Duration.ofMillis(700),
                                Duration.ofMinutes(30),
                                Duration.ofSeconds(15),
                                8,
                                100,
                                200,
                                10),
                        new FilePictureStore(root),
                        FakeGenerator::new,
                        new CostEstimates(null),
                        new RunningLimit(100),
                        VirtualTimeScheduler.create(),
                        forgotten -> {}));
        preview.notices().subscribe().dispose(); // it was there, and has gone
        var started = new ArrayList<Started>();
        var listening = PreviewRoutes.events(preview, Flux.never())
                .take(1)
                .subscribe(first -> preview.develop(REQUEST).subscribe(started::add));

        assertThat(started).hasSize(1);
        listening.dispose();
    }
}
