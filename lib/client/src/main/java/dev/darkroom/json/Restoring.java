package dev.darkroom.json;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/** Keeps the pictures of one stream that is read, and puts them where it only names them. Called by one signal after the other. */
final class Restoring {

    private final Map<Integer, GeneratedImage> images = new TreeMap<>();
    private ImageEvent.@Nullable Partial lastPartial;
    private boolean ended;

    void line(JsonEvent line, SynchronousSink<ImageEvent> sink) {
        ended = line.isLast();
        line.event().ifPresent(event -> sink.next(restored(event, line.sent())));
        line.failure().ifPresent(failure -> sink.error(restored(failure, line.sent())));
    }

    private ImageEvent restored(ImageEvent event, Sent sent) {
        if (event instanceof ImageEvent.Completed completed) {
            var result = completed.result();
            return new ImageEvent.Completed(result.withImages(restored(result.images(), sent)));
        }
        if (event instanceof ImageEvent.Partial partial) {
            lastPartial = partial;
        } else if (event instanceof ImageEvent.ImageReady ready) {
            images.put(ready.image().index(), ready.image());
        }
        return event;
    }

    private List<GeneratedImage> restored(List<GeneratedImage> named, Sent sent) {
        return named.stream()
                .map(image -> sent.images().contains(image.index()) ? images.getOrDefault(image.index(), image) : image)
                .toList();
    }

    private ImageException restored(ImageException failure, Sent sent) {
        var partial = failure.partialResult();
        var whole = new PartialResult(
                sent.lastPartial() && lastPartial != null ? lastPartial : partial.lastPartial(),
                restored(partial.images(), sent));
        if (failure instanceof GenerationFailedException failed) {
            return new GenerationFailedException(message(failed), failed.details(), failed.billed(), whole);
        }
        return failure instanceof OutcomeUnknownException unknown
                ? new OutcomeUnknownException(unknown.reason(), message(unknown), unknown.details(), whole, null)
                : failure;
    }

    private static String message(ImageException failure) {
        return String.valueOf(failure.getMessage());
    }

    /** What follows the last line: nothing, if it was one that ends a stream. */
    Publisher<ImageEvent> end() {
        return ended
                ? Mono.empty()
                : Mono.error(new OutcomeUnknownException(
                        OutcomeUnknownException.Reason.CUT,
                        "the stream of events ended without the event that ends it",
                        FailureDetails.NONE,
                        new PartialResult(lastPartial, List.copyOf(images.values())),
                        null));
    }
}
