package dev.darkroom.cli;

import dev.darkroom.gate.Throttled;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageRequest;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One JSON object a line on standard output, and nothing else there. Indices count from 0, as on the wire. */
final class JsonDisplay implements Display {

    private final PrintWriter out;
    private final PrintWriter err;
    private final Set<String> noted = new HashSet<>();

    JsonDisplay(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void begin(ImageRequest request) {
        // the first event is the first line
    }

    @Override
    public void show(SavedEvent savedEvent) {
        var event = savedEvent.event();
        if (event instanceof ImageEvent.Partial partial) {
            var line = JsonLine.event("partial")
                    .with("image_index", partial.imageIndex())
                    .with("partial_index", partial.partialIndex());
            print(image(line, savedEvent.savedImages().get(0)));
        } else if (event instanceof ImageEvent.TextChunk chunk) {
            print(JsonLine.event("text_chunk").with("phase", chunk.phase()).with("text", chunk.text()));
        } else if (event instanceof ImageEvent.ImageReady) {
            ready(savedEvent.savedImages().get(0));
        } else if (event instanceof ImageEvent.ImageFailed failed) {
            print(failure(
                    JsonLine.event("image_failed")
                            .with("image_index", failed.failure().index()),
                    failed.failure()));
        } else if (event instanceof ImageEvent.Completed completed) {
            completed(completed, savedEvent.savedImages());
        }
        savedEvent.notes().forEach(this::note);
    }

    /** Once: an image that is ready comes again with the result. */
    private void note(String fault) {
        if (noted.add(fault)) {
            err.println("darkroom: " + fault);
        }
    }

    private void ready(SavedImage savedImage) {
        var line = JsonLine.event("image_ready")
                .with("image_index", savedImage.image().index());
        print(image(line, savedImage).with("url", savedImage.image().url()));
    }

    private void completed(ImageEvent.Completed completed, List<SavedImage> savedImages) {
        var result = completed.result();
        print(JsonLine.event("completed")
                .with("images", savedImages.stream().map(JsonDisplay::image).toList())
                .with(
                        "failures",
                        result.failures().stream().map(JsonDisplay::failure).toList())
                .with("usage", JsonLine.usage(result.usage()))
                .with("generation_id", result.generationId())
                .with("warnings", result.warnings()));
    }

    @Override
    public void throttled(Throttled throttled) {
        print(JsonLine.event("throttled").with("until", throttled.until()).with("attempt", throttled.attempt()));
    }

    @Override
    public void fail(ImageException failure, List<SavedImage> salvaged) {
        salvaged.forEach(this::ready);
        salvaged.forEach(savedImage -> savedImage.faults().forEach(this::note));
        print(JsonLine.failure(failure));
    }

    /** The stream of events just stops: what becomes of the request is not known. */
    @Override
    public void interrupt() {
        err.println("darkroom: " + FailureMessage.INTERRUPTED);
    }

    private void print(JsonLine line) {
        out.println(line);
    }

    private static Map<String, @Nullable Object> image(SavedImage savedImage) {
        var line = new JsonLine().with("index", savedImage.image().index());
        return image(line, savedImage).with("url", savedImage.image().url()).fields();
    }

    private static JsonLine image(JsonLine line, SavedImage savedImage) {
        GeneratedImage image = savedImage.image();
        return line.with("media_type", image.mediaType())
                .with("bytes", image.isLoaded() ? image.size() : null)
                .with("file", savedImage.file())
                .with("error", savedImage.fault());
    }

    private static Map<String, @Nullable Object> failure(ImageFailure failure) {
        return failure(new JsonLine().with("index", failure.index()), failure).fields();
    }

    private static JsonLine failure(JsonLine line, ImageFailure failure) {
        return line.with("code", failure.code()).with("provider_message", failure.providerMessage());
    }
}
