package dev.darkroom.json;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import org.jspecify.annotations.Nullable;

/** Reads a preview. */
final class PartialReading {

    private final Members members;

    private int partialIndex;
    private boolean announced;
    private @Nullable GeneratedImage image;

    private PartialReading(Members members) {
        this.members = members;
    }

    static PartialReading of(Members members) {
        var reading = new PartialReading(members);
        members.each(reading::member);
        return reading;
    }

    private void member(String name) {
        switch (name) {
            case "partialIndex" -> partialIndex = members.index();
            case "image" -> {
                var reading = ImageReading.of(members);
                image = reading.image();
                announced = reading.isAnnounced();
            }
            default -> members.skip();
        }
    }

    boolean isAnnounced() {
        return announced;
    }

    /** Null without a picture. */
    ImageEvent.@Nullable Partial partial() {
        return image == null ? null : new ImageEvent.Partial(image.index(), partialIndex, image);
    }
}
