package dev.darkroom.internal.call;

import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reading;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.PartialResult;
import java.util.List;

/** Reads an answer and adds to its result what was done otherwise than asked for. */
record WarningReading(Reading reading, List<String> warnings) implements Reading {

    @Override
    public List<ImageEvent> read(Payload payload) {
        return reading.read(payload).stream()
                .map(event -> warn(event, warnings))
                .toList();
    }

    static ImageEvent warn(ImageEvent event, List<String> warnings) {
        return event instanceof ImageEvent.Completed completed
                ? new ImageEvent.Completed(completed.result().withWarnings(warnings))
                : event;
    }

    @Override
    public boolean isComplete() {
        return reading.isComplete();
    }

    @Override
    public ImageException end() {
        return reading.end();
    }

    @Override
    public PartialResult partialResult() {
        return reading.partialResult();
    }
}
