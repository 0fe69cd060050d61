package dev.darkroom.livepreview;

import dev.darkroom.image.ImageGenerator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import reactor.core.scheduler.Schedulers;

/**
 * The previews that are open; a bean of every web application that has a generator. An element without {@code src} opens one by
 * itself; an application that writes pages of its own opens one and puts {@link LivePreview#path()} into {@code src}. Thread-safe.
 */
public final class LivePreviews {

    private final PreviewIds ids = new PreviewIds();
    private final Map<String, LivePreview> open = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final PreviewSurroundings surroundings;

    LivePreviews(
            LivePreviewProperties properties,
            PictureStore store,
            Supplier<ImageGenerator> generators,
            CostEstimates estimates) {
        this.surroundings = new PreviewSurroundings(
                properties,
                store,
                generators,
                estimates,
                new RunningLimit(properties.atOnceInAll()),
                Schedulers.parallel(),
                expired -> open.remove(expired));
    }

    /**
     * Opens a preview that belongs to the first user who listens to it. Does not block.
     *
     * @return a new one, forgotten again unless somebody listens within {@code darkroom.preview.keep}
     * @throws PreviewRefusedException if as many are open as may be: {@code darkroom.preview.previews}
     */
    public LivePreview open() {
        return opened(null);
    }

    /**
     * Opens a preview for one user. Does not block.
     *
     * @param owner the name of the user's {@link java.security.Principal}
     * @return a new one, forgotten again unless that user listens within {@code darkroom.preview.keep}
     * @throws PreviewRefusedException if as many are open as may be: {@code darkroom.preview.previews}
     */
    public LivePreview open(String owner) {
        return opened(owner);
    }

    LivePreview opened(@Nullable String owner) {
        if (closed.get() || open.size() >= surroundings.properties().previews()) {
            throw new PreviewRefusedException(
                    HttpStatus.SERVICE_UNAVAILABLE, "Too many pages are open; try again in a while.");
        }
        var preview = new LivePreview(ids.next(), owner, surroundings);
        open.put(preview.id(), preview);
        return preview;
    }

    /**
     * A preview that is open. Says nothing of whom it belongs to: a parameter of type {@link LivePreview} has been held against
     * the {@link PreviewAuthorization}, and what is found here has not.
     *
     * @param id its id
     * @return empty if there is none
     */
    public Optional<LivePreview> find(String id) {
        return Optional.ofNullable(open.get(id));
    }

    LivePreview preview(String id) {
        return find(id).orElseThrow(PreviewRefusedException::isGone);
    }

    /** At once: the server does not stop before its streams have ended, and pictures cost money until then. */
    @EventListener(ContextClosedEvent.class)
    void closeAll() {
        closed.set(true);
        open.values().forEach(LivePreview::close);
        open.clear();
    }
}
