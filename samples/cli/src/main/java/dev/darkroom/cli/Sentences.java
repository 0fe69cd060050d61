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
 * What happens, in words. Images and previews are counted from 1, for people.
 *
 * @param images how many were asked for; which one it is goes without saying if it is one
 */
record Sentences(int images) {

    static Sentences of(ImageRequest request) {
        return new Sentences(Objects.requireNonNullElse(request.n(), 1));
    }

    String asking(ImageRequest request) {
        return "asking " + request.model() + (images > 1 ? " for " + images + " images" : "");
    }

    String throttled(Instant now, Throttled throttled) {
        return "rate limited, next try in " + Phrases.wait(now, throttled.until());
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

    String progress(ImageEvent event, Print print) {
        return progress(event) + ": " + file(print);
    }

    String print(Print print) {
        return image(print.image().index()) + ": " + file(print);
    }

    String text(String phase, long characters) {
        var doing = phase.equals(ImageEvent.TextChunk.CONTENT) ? "writing markup" : Phrases.clean(phase);
        return doing + ", " + String.format(Locale.ROOT, "%,d", characters) + " characters";
    }

    String failed(ImageFailure failure) {
        var said = Objects.requireNonNullElse(failure.providerMessage(), failure.code());
        return image(failure.index()) + " failed" + (said == null ? "" : ": " + Phrases.clean(said));
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
        facts.addAll(Phrases.receipt(result));
        return String.join(", ", facts);
    }

    private String image(int index) {
        return images > 1 || index > 0 ? "image " + (index + 1) : "image";
    }

    private static String file(Print print) {
        var what = Phrases.image(print.image());
        return print.file() == null ? what : print.file() + " (" + what + ")";
    }
}
