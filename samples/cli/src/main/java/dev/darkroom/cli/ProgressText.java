package dev.darkroom.cli;

import dev.darkroom.gate.Throttled;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Objects;

/**
 * One line for everything that happens. Images and previews are counted from 1, for people.
 *
 * @param images how many were asked for; which one it is goes without saying if it is one
 */
record ProgressText(int images) {

    static ProgressText of(ImageRequest request) {
        return new ProgressText(request.n().orElse(1));
    }

    String asking(ImageRequest request) {
        return "asking " + request.model() + (images > 1 ? " for " + images + " images" : "");
    }

    String throttled(Instant now, Throttled throttled) {
        return "rate limited, next try in " + HumanText.wait(now, throttled.until());
    }

    /** What an event is about, without its file. */
    String progress(ImageEvent event) {
        if (event instanceof ImageEvent.Partial partial) {
            var which = images > 1 ? " of image " + (partial.imageIndex() + 1) : "";
            return "preview " + (partial.partialIndex() + 1) + which;
        }
        return event instanceof ImageEvent.ImageReady ready
                ? image(ready.image().index())
                : "";
    }

    String progress(ImageEvent event, SavedImage savedImage) {
        return progress(event) + ": " + file(savedImage);
    }

    String print(SavedImage savedImage) {
        return image(savedImage.image().index()) + ": " + file(savedImage);
    }

    String text(String phase, long characters) {
        var doing = phase.equals(ImageEvent.TextChunk.CONTENT) ? "writing markup" : HumanText.clean(phase);
        return doing + ", " + String.format(Locale.ROOT, "%,d", characters) + " characters";
    }

    String failed(ImageFailure failure) {
        var said = Objects.requireNonNullElse(failure.providerMessage(), failure.code());
        return image(failure.index()) + " failed" + (said == null ? "" : ": " + HumanText.clean(said));
    }

    /** The end, and how many of the images are not where they were asked for. */
    String done(ImageResult result, long missing) {
        var facts = new ArrayList<String>();
        facts.add(
                result.images().isEmpty()
                        ? "nothing was made"
                        : missing == 0
                                ? "done"
                                : "made, but " + missing + " of "
                                        + result.images().size() + " not saved");
        facts.addAll(HumanText.receipt(result));
        return String.join(", ", facts);
    }

    private String image(int index) {
        return images > 1 || index > 0 ? "image " + (index + 1) : "image";
    }

    private static String file(SavedImage savedImage) {
        var what = HumanText.image(savedImage.image());
        return savedImage.file() == null ? what : savedImage.file() + " (" + what + ")";
    }
}
