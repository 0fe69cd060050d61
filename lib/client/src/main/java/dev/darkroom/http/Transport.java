package dev.darkroom.http;

import dev.darkroom.dialect.Reply;
import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.ImageException;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.client.PrematureCloseException;

/**
 * Makes HTTP exchanges over one pool of connections. Shared by all copies of a client; thread-safe.
 *
 * <p>Redirects are not followed, nothing is sent twice, nothing is decompressed: what is retried is decided elsewhere.
 */
public final class Transport {

    private final HttpClient client;
    private final Connections connections;
    /** Whether nothing but the call's own headers is sent, whatever the user's client would add. */
    private final boolean bare;

    private Transport(HttpClient client, Connections connections, boolean bare) {
        this.client = client;
        this.connections = connections;
        this.bare = bare;
    }

    /**
     * A transport.
     *
     * @param connections its connections
     * @param base reactor-netty's client as the user wants it: proxy, TLS, resolver, event loops; our own settings are
     *     applied to it
     * @param connect how long to wait for a TCP connection
     * @return the transport
     */
    public static Transport over(Connections connections, HttpClient base, Duration connect) {
        var connectMillis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, connect.toMillis()));
        var client = base.disableRetry(true)
                .followRedirect(false)
                .compress(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis);
        return new Transport(client, connections, false);
    }

    /** The same way out, but only to where a guard lets us, and with none of the headers that the user's client adds. */
    Transport guarded(AddressGuard guard) {
        return new Transport(client.doOnChannelInit(guard), connections, true);
    }

    /**
     * Sends a request and decodes the answer.
     *
     * <p>Nothing happens before the subscription; a cancellation before the last element closes the connection. Demand
     * reaches the socket. Signals arrive on the connection's event loop, those of a limit on the timer's thread.
     *
     * @param call what to send
     * @param timeouts how long to wait for the server
     * @param decoders makes the decoder of the answer from its head; called on the event loop
     * @param <T> what the decoder makes
     * @return the elements; or an {@link HttpFailure}, or whatever the decoder throws
     */
    public <T> Flux<T> exchange(HttpCall call, Timeouts timeouts, Function<Reply, BodyDecoder<T>> decoders) {
        return Flux.defer(() -> {
            if (connections.isDisposed()) {
                return Flux.error(
                        new HttpFailure(HttpFailure.Kind.DISPOSED, false, "the client was disposed of", null));
            }
            var scheduler = Schedulers.parallel();
            var patience = new Patience(timeouts);
            var elements = new Exchange<>(call, bare, decoders, connections, patience, scheduler).elements(client);
            return new WithinLimits<>(elements, patience, scheduler);
        });
    }

    /** The state of one exchange. */
    private record Exchange<T>(
            HttpCall call,
            boolean bare,
            Function<Reply, BodyDecoder<T>> decoders,
            Connections connections,
            Patience patience,
            Scheduler scheduler) {

        Flux<T> elements(HttpClient client) {
            return client.doOnConnected(Exchange::passOverInformationalReplies)
                    .doOnRequest((request, connection) -> connections.begin(connection))
                    .request(HttpMethod.valueOf(call.method()))
                    .uri(call.uri())
                    .send(this::send)
                    .responseConnection(this::receive)
                    .onErrorMap(this::isOfTheTransport, this::failure);
        }

        private static void passOverInformationalReplies(Connection connection) {
            connection.addHandlerLast(InformationalReplies.NAME, new InformationalReplies());
        }

        private Publisher<Void> send(HttpClientRequest request, NettyOutbound outbound) {
            if (!patience.send(now())) {
                return Mono.error(
                        new HttpFailure(HttpFailure.Kind.TIMED_OUT, false, "given up before it was sent", null));
            }
            if (bare) {
                request.requestHeaders().clear().set(HttpHeaderNames.HOST, call.hostHeader());
            }
            call.headers().forEach(request.requestHeaders()::set);
            if (call.body().isEmpty()) {
                return outbound.then(Mono.empty());
            }
            request.requestHeaders().set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(call.contentLength()));
            // each piece that is taken shows that the server reads: no limit runs against a slow upload
            return outbound.send(Upload.of(call.body()).doOnNext(piece -> patience.bytes(now())));
        }

        private Flux<T> receive(HttpClientResponse response, Connection connection) {
            patience.enter(Patience.Phase.ANSWERED, now());
            BodyDecoder<T> decoder;
            try {
                decoder = decoders.apply(reply(response));
            } catch (RuntimeException e) {
                connection.dispose(); // nobody will read the body
                return Flux.error(e);
            }
            var broken = new AtomicReference<Throwable>();
            var chunks = connection.inbound().receive().doOnNext(chunk -> patience.bytes(now()));
            return new DecodeThenDrain<>(chunks, decoder, scheduler)
                    .onErrorResume(failure -> {
                        broken.set(failure); // told after the elements that arrived before it
                        return Flux.empty();
                    })
                    .concatMapIterable(Function.identity(), 1)
                    .concatWith(Flux.defer(() -> end(decoder, broken.get())));
        }

        private static <T> Flux<T> end(BodyDecoder<T> decoder, @Nullable Throwable broken) {
            return broken == null ? Flux.fromIterable(decoder.end()) : Flux.error(broken);
        }

        private Reply reply(HttpClientResponse response) {
            return new Reply(response.status().code(), map(response.responseHeaders()), receivedAt());
        }

        private static LinkedHashMap<String, String> map(HttpHeaders headers) {
            var map = new LinkedHashMap<String, String>();
            headers.forEach(header -> map.putIfAbsent(header.getKey(), header.getValue()));
            return map;
        }

        /** What a decoder throws knows by itself what it means. */
        private boolean isOfTheTransport(Throwable failure) {
            return !(failure instanceof ImageException
                    || failure instanceof DownloadFailedException
                    || failure instanceof Moved
                    || failure instanceof HttpFailure);
        }

        private HttpFailure failure(Throwable cause) {
            var sent = patience.isSent();
            var when = sent ? "after the request was sent" : "before the request was sent";
            return new HttpFailure(
                    cause instanceof ReadTimeoutException ? HttpFailure.Kind.TIMED_OUT : HttpFailure.Kind.CONNECTION,
                    sent,
                    "the connection to " + call.uri().getHost() + " failed " + when + " (" + words(cause) + ")",
                    cause);
        }

        private static String words(Throwable cause) {
            var root = Exceptions.unwrap(cause);
            if (root instanceof ConnectTimeoutException) {
                return "it was not made in time";
            }
            if (root instanceof ConnectException) {
                return "refused";
            }
            if (root instanceof UnknownHostException) {
                return "unknown host";
            }
            if (root instanceof SSLException || root.getCause() instanceof SSLException) {
                return "TLS";
            }
            return root instanceof PrematureCloseException
                    ? "closed"
                    : root.getClass().getSimpleName();
        }

        /** By the scheduler's clock, so that virtual time rules what is computed from it. */
        private Instant receivedAt() {
            return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
        }

        private long now() {
            return scheduler.now(TimeUnit.NANOSECONDS);
        }
    }
}
