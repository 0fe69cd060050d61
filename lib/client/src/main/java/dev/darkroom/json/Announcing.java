package dev.darkroom.json;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what one stream has sent. Called by one signal after the other. The hard case is a picture that changed since it was
 * announced, its bytes fetched meanwhile, say: it counts as not sent.
 */
final class Announcing {

    private final @Nullable ImageForm form;
    private final Map<Integer, GeneratedImage> sent = new HashMap<>();
    private ImageEvent.@Nullable Partial lastPartial;

    Announcing(@Nullable ImageForm form) {
        this.form = form;
    }

    JsonEvent event(ImageEvent event) {
        if (event instanceof ImageEvent.Completed completed) {
            return JsonEvent.of(event, new Sent(sentOf(completed.result().images()), false), form);
        }
        if (event instanceof ImageEvent.Partial partial) {
            lastPartial = partial;
        } else if (event instanceof ImageEvent.ImageReady ready) {
            sent.put(ready.image().index(), ready.image());
        }
        return JsonEvent.of(event, Sent.NOTHING, form);
    }

    JsonEvent failed(ImageException failure) {
        var partial = failure.partialResult();
        var last = partial.lastPartial();
        var lastIsSent = last != null
                && lastPartial != null
                && last.imageIndex() == lastPartial.imageIndex()
                && last.partialIndex() == lastPartial.partialIndex()
                && isSame(last.image(), lastPartial.image());
        return JsonEvent.failed(failure, new Sent(sentOf(partial.images()), lastIsSent), form);
    }

    private Set<Integer> sentOf(List<GeneratedImage> images) {
        var same = new HashSet<Integer>();
        images.stream()
                .filter(image -> isSame(image, sent.get(image.index())))
                .forEach(image -> same.add(image.index()));
        images.stream() // two of one number, which a fake may have: none of them may be lost
                .filter(image -> !isSame(image, sent.get(image.index())))
                .forEach(image -> same.remove(image.index()));
        return same;
    }

    private static boolean isSame(GeneratedImage image, @Nullable GeneratedImage before) {
        return before != null
                && image.equals(before)
                && Objects.equals(image.mediaType(), before.mediaType())
                && Objects.equals(image.url(), before.url())
                && Objects.equals(image.revisedPrompt(), before.revisedPrompt());
    }
}
