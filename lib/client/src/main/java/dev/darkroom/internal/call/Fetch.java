package dev.darkroom.internal.call;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageResult;
import dev.darkroom.internal.http.Allowance;
import dev.darkroom.internal.http.Downloads;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * The last step: fetches what a gateway sends by URL, if that is wanted, so that every final image comes with its bytes. Belongs to one subscription.
 *
 * <p>Order and number of events stay as they are: an event waits until its images are here, or cannot be had; then it
 * passes with the URL and the cause. The hard case is a stream of several images: while one is fetched, the answer is read
 * on, a few events ahead, so that the gateway is not kept waiting for a server that has nothing to do with it. That is done
 * only where images come by URL, because events with images in them are better left with the gateway.
 *
 * <p>What is fetched counts as kept by the request. An image for which there is no room passes with its URL too, so that
 * nothing that was paid for is lost.
 *
 * <p>An error waits for the downloads before it: what was paid for is delivered first. Cancelling ends them all.
 */
final class Fetch {

    /** Downloads at a time, and so the events read ahead. */
    private static final int AT_ONCE = 4;

    /** Images that a gateway mostly sends at most; an empty map for more is a third of a kilobyte. */
    private static final int FEW = 4;

    private final Settings settings;
    private final Downloads downloads;
    private final Allowance allowance;
    private final Deadline deadline;
    private volatile boolean cancelled;
    private volatile @Nullable Throwable broken;
    /**
     * By the image as it came, so that none is fetched twice: it is part of an event of its own and of the result. By identity,
     * because images that are equal, being known by one URL, have an index each.
     */
    private final Map<GeneratedImage, GeneratedImage> fetched = Collections.synchronizedMap(new IdentityHashMap<>(FEW));

    Fetch(Settings settings, Downloads downloads, Allowance allowance, Deadline deadline) {
        this.settings = settings;
        this.downloads = downloads;
        this.allowance = allowance;
        this.deadline = deadline;
    }

    Flux<ImageEvent> fetched(Flux<ImageEvent> events) {
        if (!settings.downloads().fetch()) {
            return events;
        }
        return events.onErrorResume(failure -> {
                    broken = failure; // told last; what stands between would drop it if it met a cancellation
                    return Flux.empty();
                })
                .switchOnFirst((first, all) ->
                        comesByUrl(first) ? quiet(all).flatMapSequential(this::ready, AT_ONCE, 1) : quiet(all))
                .doOnCancel(() -> cancelled = true)
                .concatWith(Flux.defer(this::failure))
                .concatMapDelayError(this::fetched, 0);
    }

    private Flux<ImageEvent> failure() {
        var last = broken;
        return last == null ? Flux.empty() : Flux.error(last);
    }

    /** A cancellation which meets the first event is told as an error, which nobody is left to hear. */
    private Flux<ImageEvent> quiet(Flux<ImageEvent> all) {
        return all.onErrorResume(CancellationException.class, e -> cancelled ? Flux.empty() : Flux.error(e));
    }

    /** A failed image may be the first of several by URL as well. */
    private static boolean comesByUrl(Signal<? extends ImageEvent> first) {
        var event = first.get();
        return event instanceof ImageEvent.ImageFailed
                || (event instanceof ImageEvent.ImageReady ready
                        && !ready.image().isLoaded());
    }

    private Mono<ImageEvent> ready(ImageEvent event) {
        return event instanceof ImageEvent.ImageReady ? fetched(event) : Mono.just(event);
    }

    private Mono<ImageEvent> fetched(ImageEvent event) {
        if (event instanceof ImageEvent.ImageReady ready) {
            return fetched(ready.image()).map(ImageEvent.ImageReady::new);
        }
        if (event instanceof ImageEvent.Completed completed) {
            return fetched(completed.result()).map(ImageEvent.Completed::new);
        }
        return Mono.just(event);
    }

    /** In whatever order they arrive: one that is slow keeps no other from beginning. */
    private Mono<ImageResult> fetched(ImageResult result) {
        return Flux.fromIterable(result.images())
                .flatMap(this::fetched, AT_ONCE)
                .then(Mono.fromSupplier(() -> result.withImages(result.images().stream()
                        .map(image -> fetched.getOrDefault(image, image))
                        .toList())));
    }

    private Mono<GeneratedImage> fetched(GeneratedImage image) {
        var url = image.url();
        if (image.isLoaded() || url == null || image.downloadFailure() != null) {
            return Mono.just(image);
        }
        var before = fetched.get(image);
        if (before != null) {
            return Mono.just(before);
        }
        return Mono.defer(() -> downloads.bytes(url, allowance, limit()))
                .map(image::withContent)
                .onErrorResume(DownloadFailedException.class, e -> Mono.just(image.withDownloadFailure(e)))
                .doOnNext(complete -> fetched.put(image, complete))
                .doOnNext(GenerationLog::fetched);
    }

    /** A download ends with the deadline of its request. */
    private Duration limit() {
        var limit = settings.downloads().timeout();
        var left = deadline.left();
        return left.compareTo(limit) < 0 ? left : limit;
    }
}
