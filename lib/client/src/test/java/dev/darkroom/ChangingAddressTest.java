package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A name that means another address than before: the new one is found, and nothing is sent twice. */
class ChangingAddressTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");

    private final Names names = new Names();
    private final ImageClient client = ImageClient.openRouter("sk-test").customize(http -> http.resolver(names));

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        client.close();
        names.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    /** Says what is next in line, and the last for ever. */
    private static final class Names extends AddressResolverGroup<InetSocketAddress> {

        private final ConcurrentLinkedQueue<int[]> next = new ConcurrentLinkedQueue<>();

        void mean(int... ports) {
            next.add(ports);
        }

        void meanFromNowOn(int... ports) {
            next.clear();
            mean(ports);
        }

        private List<InetSocketAddress> addresses() {
            var now = next.size() > 1 ? next.poll() : next.peek();
            return IntStream.of(now)
                    .mapToObj(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .toList();
        }

        @Override
        protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
            return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {
                @Override
                protected boolean doIsResolved(InetSocketAddress address) {
                    return !address.isUnresolved();
                }

                @Override
                protected void doResolve(InetSocketAddress unresolved, Promise<InetSocketAddress> promise) {
                    promise.setSuccess(addresses().get(0));
                }

                @Override
                protected void doResolveAll(InetSocketAddress unresolved, Promise<List<InetSocketAddress>> promise) {
                    promise.setSuccess(addresses());
                }
            };
        }
    }

    private static RawGateway answering() throws Exception {
        return new RawGateway(
                (request, socket) -> RawGateway.say(socket, RawGateway.ok(RawGateway.document(request.number()))));
    }

    /** A port on which nobody listens, nor will. */
    private int nobody() throws Exception {
        var socket = new Socket();
        sockets.add(socket);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket.getLocalPort();
    }

    private ImageClient there(String scheme) {
        return client.baseUrl(scheme + "://gateway.test/v1");
    }

    @Test
    void ofSeveralAddressesOneThatRefusesIsPassedOver() throws Exception {
        try (var gateway = answering()) {
            names.mean(nobody(), gateway.port());
            var images = there("http").rateLimits(r -> r.maxWait(Duration.ZERO));
            assertThat(images.result(REQUEST).block(PATIENCE).images()).hasSize(1);
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void theNextTryLooksTheNameUpAnew() throws Exception {
        try (var gateway = answering()) {
            names.mean(nobody());
            names.mean(gateway.port());
            assertThat(there("http").result(REQUEST).block(PATIENCE).images()).hasSize(1);
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void anAddressThatHungUpIsLookedUpAnewAndTheRequestIsSentOnce() throws Exception {
        var old = answering();
        try (var gateway = answering()) {
            var images = there("http");
            try (old) {
                names.mean(old.port());
                images.result(REQUEST).block(PATIENCE);
                names.meanFromNowOn(gateway.port());
            }
            images.result(REQUEST).block(PATIENCE);
            assertThat(old.requests()).hasSize(1);
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void whatAnAddressHadTakenBeforeItWentIsNotSentToAnother() throws Exception {
        try (var old = new RawGateway((request, socket) -> RawGateway.reset(socket));
                var gateway = answering()) {
            names.mean(old.port());
            names.mean(gateway.port());
            assertThat(there("http")
                            .result(REQUEST)
                            .materialize()
                            .block(PATIENCE)
                            .getThrowable())
                    .isInstanceOf(OutcomeUnknownException.class);
            assertThat(old.requests()).hasSize(1);
            assertThat(gateway.requests()).isEmpty();
        }
    }

    @Test
    void aConnectionThatIsKeptBusyIsNotUsedForEver() throws Exception {
        try (var old = answering();
                var gateway = answering()) {
            names.mean(old.port());
            var images = there("http").connections(c -> c.maxLife(SHORT));
            images.result(REQUEST).block(PATIENCE);
            names.meanFromNowOn(gateway.port());
            var calls = 1;
            while (gateway.requests().isEmpty()) { // at most as many as are made within the life of a connection
                images.result(REQUEST).block(PATIENCE);
                calls++;
            }
            assertThat(old.requests().size() + gateway.requests().size()).isEqualTo(calls);
        }
    }

    @Test
    void aConnectionThatMayBeUsedStays() throws Exception {
        try (var gateway = answering()) {
            names.mean(gateway.port());
            var images = there("http").connections(c -> c.maxLife(PATIENCE));
            for (int i = 0; i < 5; i++) {
                images.result(REQUEST).block(PATIENCE);
            }
            assertThat(gateway.connections()).isLessThan(5);
        }
    }

    @Test
    void anHttp2ConnectionThatIsTooOldEndsItsStreamsAndTakesNoMore() throws Exception {
        var open = new ArrayList<Http2Gateway.Request>();
        try (var old = new Http2Gateway(request -> {
                    if (request.number() == 1) {
                        open.add(request);
                    } else {
                        request.answer();
                    }
                });
                var gateway = new Http2Gateway(Http2Gateway.Request::answer)) {
            names.mean(old.port());
            var images = there("https")
                    .customize(Http2Gateway::trusting)
                    .connections(c -> c.http2(true).maxLife(SHORT));
            var first = images.result(REQUEST).toFuture();
            old.await("1: DATA 3 0");
            names.meanFromNowOn(gateway.port());
            var calls = 1;
            while (gateway.requests() == 0) {
                images.result(REQUEST).block(PATIENCE);
                calls++;
            }
            var request = open.get(0);
            request.frames().later(request::answer);
            assertThat(first.get(1, TimeUnit.MINUTES).images()).hasSize(1);
            assertThat(old.requests() + gateway.requests()).isEqualTo(calls);
        }
    }
}
