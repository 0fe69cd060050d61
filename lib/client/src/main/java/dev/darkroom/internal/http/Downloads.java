package dev.darkroom.internal.http;

import dev.darkroom.dialect.Reply;
import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.DownloadFailedException.Reason;
import dev.darkroom.internal.address.AddressRange;
import dev.darkroom.internal.address.DownloadSources;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Fetches images by URL. Shared by all copies of a client; thread-safe; all state is born with a subscription.
 *
 * <p>A URL comes from somebody who may want us to look where he cannot. So a download carries no key, no header and no
 * cookie of anybody; it is made over https to port 443 of public addresses, or to what is allowed on purpose; redirects
 * are followed by hand, at most {@value #MOST_REDIRECTS}, each checked like the first URL; and what comes must be an
 * image by its bytes. {@link AddressGuard} has the part of it that cannot be seen in a URL.
 *
 * <p>Fetching costs nothing, so what may pass is tried again: a connection that was not made or broke, a server that
 * answers 408, 425, 429 or 5xx. Nothing else is; and never earlier than the server said.
 */
public final class Downloads {

    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Map<String, String> HEADERS =
            Map.of("User-Agent", "darkroom", "Accept", "image/*", "Accept-Encoding", "identity");
    private static final Pattern UNSAFE_IN_URL = Pattern.compile("[ \"<>\\\\^`{|}]");

    private final Transport everywhere;
    private final Transport onlySources;
    private final DownloadSources sources;

    private Downloads(Transport everywhere, Transport onlySources, DownloadSources sources) {
        this.everywhere = everywhere;
        this.onlySources = onlySources;
        this.sources = sources;
    }

    /**
     * Downloads.
     *
     * @param transport whose connections, proxy, TLS and resolver they use, and nothing else of it
     * @param sources what is allowed besides the public Internet
     * @return the downloads
     */
    public static Downloads over(Transport transport, DownloadSources sources) {
        return new Downloads(
                transport.guarded(new AddressGuard(sources, false)),
                transport.guarded(new AddressGuard(sources, true)),
                sources);
    }

    /**
     * Fetches an image.
     *
     * @param url where it is
     * @param allowance how large it may be, and what its request may keep on the heap, this image included
     * @param limit how long it may take altogether
     * @return its bytes in order; or a {@link DownloadFailedException}
     */
    public Mono<List<ByteBuffer>> bytes(URI url, Allowance allowance, Duration limit) {
        return tried(fetching -> fetching.from(url, MOST_REDIRECTS), allowance, limit, Flux::collectList);
    }

    /**
     * Fetches an image of which the API has the bytes, or knows where they are.
     *
     * @param image what to ask the API
     * @param allowance how large it may be, and what its request may keep on the heap, this image included
     * @param limit how long it may take altogether
     * @return its bytes in order; or what the API's refusal means, or a {@link DownloadFailedException}
     */
    public Mono<List<ByteBuffer>> bytes(ApiImage image, Allowance allowance, Duration limit) {
        return tried(fetching -> fetching.from(image), allowance, limit, Flux::collectList);
    }

    /**
     * Fetches an image into a file, which is replaced in one step once everything is there. A few pieces of
     * {@value ImageBytes#PIECE} bytes are on the heap at a time; the network waits for the disk.
     *
     * @param url where it is
     * @param file where to; its folder must exist
     * @param allowance how large it may be
     * @param limit how long to wait for the server altogether
     * @return the file, on a worker of {@code boundedElastic}; or a {@link DownloadFailedException}, or an
     *     {@link java.io.IOException}
     */
    public Mono<Path> file(URI url, Path file, Allowance allowance, Duration limit) {
        return tried(
                fetching -> fetching.from(url, MOST_REDIRECTS),
                allowance.onDisk(),
                limit,
                pieces -> FileDraft.written(pieces, file));
    }

    /**
     * Fetches an image of which the API has the bytes, or knows where they are, into a file.
     *
     * @param image what to ask the API
     * @param file where to; its folder must exist
     * @param allowance how large it may be
     * @param limit how long to wait for the servers altogether
     * @return the file, on a worker of {@code boundedElastic}; or what the API's refusal means, or a
     *     {@link DownloadFailedException}, or an {@link java.io.IOException}
     */
    public Mono<Path> file(ApiImage image, Path file, Allowance allowance, Duration limit) {
        return tried(
                fetching -> fetching.from(image), allowance.onDisk(), limit, pieces -> FileDraft.written(pieces, file));
    }

    private <T> Mono<T> tried(
            Function<Fetching, Flux<ByteBuffer>> source,
            Allowance allowance,
            Duration limit,
            Function<Flux<ByteBuffer>, Mono<T>> taken) {
        return Mono.defer(() -> {
            var time = new DownloadDeadline(limit);
            var tries = Mono.defer(() -> {
                        var room = new DownloadHeap(allowance);
                        return taken.apply(source.apply(
                                        new Fetching(this, allowance.limits().imageBytes(), time, room)))
                                .doOnError(failure -> room.giveBack())
                                .doOnCancel(room::giveBack);
                    })
                    .retryWhen(new DownloadRetry(time, everywhere::untilDisposed).asRetry())
                    .onErrorMap(HttpFailure.class, Downloads::unreachable);
            return CancelOnEventLoop.of(tries.flux()).singleOrEmpty();
        });
    }

    private static DownloadFailedException unreachable(HttpFailure failure) {
        return new DownloadFailedException(
                Reason.UNREACHABLE, "the image was not fetched: " + failure.getMessage(), null, failure);
    }

    /** The connections on which a URL may be fetched. */
    Transport route(URI url) {
        var host = url.getHost();
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (host == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw denied("the URL of an image is an https URL with a valid host; this one is not");
        }
        if (url.getRawUserInfo() != null) {
            throw denied("the URL of an image names a user, which is not sent to " + host);
        }
        if (DownloadSources.endsInNumber(host) && AddressRange.address(DownloadSources.name(host)) == null) {
            throw denied("the URL of an image spells an address in an unusual way: " + host);
        }
        var port = url.getPort();
        if (scheme.equals("https") && (port == -1 || port == 443)) {
            return everywhere;
        }
        if (!sources.names(host) && !sources.hasRanges()) {
            throw denied(host + " was not asked: only https on port 443 is used" + advice(host));
        }
        return onlySources;
    }

    private static DownloadFailedException denied(String message) {
        return new DownloadFailedException(Reason.DENIED, message, null, null);
    }

    private static String advice(String host) {
        return "; " + dev.darkroom.settings.Downloads.allowing(DownloadSources.name(host)) + " permits it";
    }

    /** One try of a download, whatever it takes. */
    private record Fetching(Downloads downloads, long mostBytes, DownloadDeadline time, DownloadHeap room) {

        Flux<ByteBuffer> from(URI url, int redirects) {
            return Flux.defer(() -> exchange(
                                    downloads.route(url),
                                    new HttpCall("GET", url, HEADERS, List.of()),
                                    reply -> new DiscardBody<>(refusal(url, reply)))
                            .onErrorMap(HttpFailure.class, failure -> meaning(url, failure)))
                    .onErrorResume(RedirectSignal.class, moved -> from(target(url, moved, redirects), redirects - 1));
        }

        /** Where the API redirects to is fetched like any URL: under the same rules, and without what was sent to the API. */
        Flux<ByteBuffer> from(ApiImage image) {
            var url = image.call().uri();
            return Flux.defer(() -> exchange(image.transport(), image.call(), image.refusals())
                            .onErrorMap(
                                    HttpFailure.class,
                                    failure -> failure.isSent()
                                            ? meaning(url, failure)
                                            : image.unreached().apply(failure)))
                    .onErrorResume(
                            RedirectSignal.class,
                            moved -> from(target(url, moved, MOST_REDIRECTS), MOST_REDIRECTS - 1));
        }

        private Flux<ByteBuffer> exchange(
                Transport transport, HttpCall call, Function<Reply, BodyDecoder<ByteBuffer>> refusals) {
            return transport.exchange(call, time.timeouts(call.uri()), reply -> decoder(call.uri(), reply, refusals));
        }

        private BodyDecoder<ByteBuffer> decoder(
                URI url, Reply reply, Function<Reply, BodyDecoder<ByteBuffer>> refusals) {
            var location = reply.header("location");
            if (REDIRECTS.contains(reply.status()) && location != null) {
                return new DiscardBody<>(new RedirectSignal(location));
            }
            if (reply.status() != 200) {
                return refusals.apply(reply);
            }
            return checked(url, reply);
        }

        /** Where the end cannot be told from a cut, nothing is read that may be thrown away: it can be asked for elsewhere. */
        private BodyDecoder<ByteBuffer> checked(URI url, Reply reply) {
            var length = reply.header("content-length");
            if (!BodyEnd.isTold(reply)) {
                throw refused(url, "sent an image without saying where it ends, so that it may be cut", 200);
            }
            if (length != null && length.matches("[0-9]{1,18}") && Long.parseLong(length) > mostBytes) {
                throw ImageBytes.tooLarge(url.getHost(), mostBytes);
            }
            if (length != null && length.matches("[0-9]{1,18}")) {
                room.reserve(url.getHost(), Long.parseLong(length)); // rather than to find out when most of it is there
            }
            return new ImageBytes(url.getHost(), mostBytes, room);
        }

        /** S3 and its like say when to come back; nobody asks before that. */
        private DownloadFailedException refusal(URI url, Reply reply) {
            var retryAt = reply.retryAt();
            if (retryAt != null) {
                time.leftAlone(Duration.between(reply.receivedAt(), retryAt));
            }
            return new DownloadFailedException(
                    Reason.REFUSED,
                    url.getHost() + " answered " + reply.status()
                            + (retryAt == null ? "" : ", and wants to be asked again at " + retryAt),
                    reply.status(),
                    retryAt,
                    null);
        }

        private static URI target(URI url, RedirectSignal moved, int redirects) {
            if (redirects == 0) {
                throw refused(url, "redirected more than " + MOST_REDIRECTS + " times", null);
            }
            var safe = UNSAFE_IN_URL
                    .matcher(moved.location())
                    .replaceAll(c -> "%%%02X".formatted((int) c.group().charAt(0)));
            try {
                return url.resolve(new URI(safe));
            } catch (URISyntaxException e) {
                throw refused(url, "redirected to what is no URL", null);
            }
        }

        private static DownloadFailedException refused(URI url, String what, @Nullable Integer status) {
            return new DownloadFailedException(Reason.REFUSED, url.getHost() + " " + what, status, null);
        }

        private static DownloadFailedException meaning(URI url, HttpFailure failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof AddressGuard.DeniedException denial) {
                    return denied(url.getHost() + " was not asked: it " + denial.getMessage() + advice(url.getHost()));
                }
            }
            var reason = switch (failure.kind()) {
                case TIMED_OUT -> Reason.TIMED_OUT;
                case HEAD_TOO_LARGE -> Reason.TOO_LARGE;
                case PROXY_CREDENTIALS, PROXY_REFUSAL -> Reason.REFUSED;
                case COMPRESSION -> Reason.NOT_AN_IMAGE;
                default -> failure.isSent() ? Reason.CUT : Reason.UNREACHABLE;
            };
            return new DownloadFailedException(
                    reason, "the image was not fetched: " + failure.getMessage(), null, failure);
        }
    }
}
