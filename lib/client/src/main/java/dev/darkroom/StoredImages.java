package dev.darkroom;

import dev.darkroom.dialect.Storage;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.StoredImage;
import dev.darkroom.image.StoredImageQuery;
import dev.darkroom.internal.call.Calls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The images which a gateway keeps for a key, as {@link ImageClient#stored()} gives them: to fetch what was made before, to
 * tidy up, and to find out what became of a request whose outcome is unknown.
 *
 * <p><b>Cost.</b> Nothing here is billed. All publishers are cold; a subscription is one call, or one for each page. It is tried
 * again while it is refused for now or was not accepted, within
 * {@link dev.darkroom.settings.RateLimits#maxWait(java.time.Duration)}; a cut or unreadable answer is not, except where an image is
 * fetched.
 *
 * <p><b>Cancellation</b> closes the connection, and ends a wait.
 *
 * <p><b>Errors</b> are those of {@link ImageClient#generate}, and where an image is fetched
 * {@link dev.darkroom.image.DownloadFailedException}.
 *
 * <p><b>Signals</b> arrive on an event loop, on the thread that asks for more, where a wait ended on a timer's, and of files on
 * {@code boundedElastic}.
 */
public final class StoredImages {

    private final Calls calls;
    private final Storage storage;

    StoredImages(Calls calls, Storage storage) {
        this.calls = calls;
        this.storage = storage;
    }

    /**
     * All stored images, the newest first: {@link #list(StoredImageQuery)} of {@link StoredImageQuery#newestFirst()}.
     *
     * @return the images
     */
    public Flux<StoredImage> list() {
        return list(StoredImageQuery.newestFirst());
    }

    /**
     * Stored images, page after page as one flux.
     *
     * <p>A page is asked for when an image of it is: {@code request(1)} is one call, and the next page costs none before the
     * last image of this one was taken and a further one is wanted. A cancellation asks for nothing more. The next page is
     * named by an image of this one: collect what you mean to delete before you delete it.
     *
     * @param query which ones, in which order
     * @return the images; or an error as for {@link ImageClient#generate}, {@link dev.darkroom.image.RejectedException} for a
     *     bound which the gateway does not know, and {@link dev.darkroom.image.OutcomeUnknownException} for pages which lead
     *     nowhere or in a circle: a list never ends early without saying so
     */
    public Flux<StoredImage> list(StoredImageQuery query) {
        return calls.stored(storage, query);
    }

    /**
     * The images stored since a moment, the newest first. For a request with an unknown outcome, together with
     * {@link StoredImage#mayBeOf}.
     *
     * <p>The gateway's clock counts, in whole seconds: name a moment somewhat earlier than yours. An image is listed once it is
     * made, which may be long after its request was given up; so one that is not there may come yet.
     *
     * @param moment by the gateway's clock
     * @return the images made in its second or later, and those of which the gateway does not say when; demand and errors as
     *     for {@link #list(StoredImageQuery)}
     */
    public Flux<StoredImage> since(Instant moment) {
        var second = moment.getEpochSecond();
        return list().takeWhile(
                        image -> image.createdAt() == null || image.createdAt().getEpochSecond() >= second);
    }

    /**
     * The image itself, with its bytes on the heap.
     *
     * <p>The key goes to the API alone. Where the API redirects, the image is fetched from there like any image by URL, as
     * {@link ImageClient#download(GeneratedImage)} says.
     *
     * @param id of a stored image
     * @return the image, its index 0 and its media type as its bytes tell; or
     *     {@link dev.darkroom.image.RejectedException} if there is none ({@code NOT_FOUND}), if it was never made or is not ready
     *     ({@code REQUEST}, the gateway's words say which), or if the id cannot be one, or another error as for
     *     {@link ImageClient#generate}; or a {@link dev.darkroom.image.DownloadFailedException}
     */
    public Mono<GeneratedImage> content(String id) {
        return calls.content(() -> storage.content(id));
    }

    /**
     * The image itself, straight into a file: as {@link #content(String)}, but with a few hundred kilobytes of it on the heap
     * at a time.
     *
     * @param id of a stored image
     * @param file where to; its folder must exist. An existing file is replaced in one step; until then, and if anything fails
     *     or is cancelled, it stays as it was
     * @return the file, once it is complete; or an error as for {@link #content(String)}, or an {@link java.io.IOException}
     */
    public Mono<Path> content(String id, Path file) {
        return calls.content(() -> storage.content(id), file);
    }

    /**
     * Where the image is for now, to be handed to a browser. Whoever has the URL has the image.
     *
     * @param id of a stored image
     * @return a URL which dies soon, at token360 after an hour; errors as for {@link #content(String)}
     */
    public Mono<URI> url(String id) {
        return calls.list(() -> storage.url(id), answer -> List.of(storage.url(answer)))
                .single();
    }

    /**
     * Deletes the image, for good.
     *
     * <p>A call that was refused for now, or never accepted, is made again. One whose answer was lost is not, though it would do
     * no harm: it ends with {@link dev.darkroom.image.OutcomeUnknownException}, and if you repeat it, {@code NOT_FOUND} means
     * that it had worked.
     *
     * @param id of a stored image
     * @return empty once the gateway says that it is gone; or {@link dev.darkroom.image.RejectedException}, with
     *     {@code NOT_FOUND} if there is none, or another error as for {@link ImageClient#generate}
     */
    public Mono<Void> delete(String id) {
        return calls.<Void>list(() -> storage.delete(id), answer -> {
                    storage.deleted(answer);
                    return List.of();
                })
                .then();
    }
}
