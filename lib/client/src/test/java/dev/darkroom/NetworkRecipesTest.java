package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;
import static reactor.netty.transport.ProxyProvider.Proxy.HTTP;
import static reactor.netty.transport.ProxyProvider.Proxy.SOCKS5;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.UnavailableException;
import io.netty.handler.ssl.SslContextBuilder;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/** The recipes about the network, word for word, doing what they say. */
class NetworkRecipesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");

    private final ImageClient images = ImageClient.openRouter("sk-test").rateLimits(r -> r.maxWait(Duration.ZERO));
    private final Vault vault = new Vault();

    @AfterEach
    void stop() {
        images.close();
    }

    private static final class Vault {

        private final CopyOnWriteArrayList<String> asked = new CopyOnWriteArrayList<>();

        String passwordOf(String user) {
            asked.add(user);
            return "secret";
        }
    }

    @Test
    void http2() {
        ImageClient fast = images.connections(c -> c.http2(true));
        try (var gateway = new Http2Gateway(Http2Gateway.Request::answer)) {
            var there = fast.customize(Http2Gateway::trusting).baseUrl(gateway.url());
            assertThat(there.result(REQUEST).block(PATIENCE).images()).hasSize(1);
        }
    }

    @Test
    void aTlsContextOfOnesOwn() {
        var authority = Http2Gateway.trusted().getCertificate();
        GenericSslContextSpec<SslContextBuilder> tls =
                Http2SslContextSpec.forClient().configure(context -> context.trustManager(authority));
        ImageClient trusting =
                images.connections(c -> c.http2(true)).customize(http -> http.secure(spec -> spec.sslContext(tls)));
        try (var gateway = new Http2Gateway(Http2Gateway.Request::answer)) {
            var there = trusting.baseUrl(gateway.url());
            assertThat(there.result(REQUEST).block(PATIENCE).images()).hasSize(1);
        }
    }

    @Test
    void proxiesThatWantToKnowWhoComes() throws Exception {
        ImageClient proxied = images.customize(http -> http.proxy(proxy -> proxy.type(HTTP)
                .host("proxy.internal")
                .port(3128)
                .username("painter")
                .password(user -> vault.passwordOf(user))
                .nonProxyHosts("localhost|.*\\.internal")));
        ImageClient socks = images.customize(http -> http.proxy(proxy -> proxy.type(SOCKS5)
                .host("proxy.internal")
                .port(1080)
                .username("painter")
                .password(user -> vault.passwordOf(user))));
        try (var gateway =
                new RawGateway((request, socket) -> RawGateway.say(socket, RawGateway.ok(RawGateway.document(1))))) {
            var past = proxied.baseUrl("http://localhost:" + gateway.port());
            assertThat(past.result(REQUEST).block(PATIENCE).images()).hasSize(1);
        }
        for (var through : new ImageClient[] {proxied, socks}) { // there is none of that name
            var nobody = through.baseUrl("http://gateway.example/v1");
            assertThat(nobody.result(REQUEST).materialize().block(PATIENCE).getThrowable())
                    .isInstanceOf(UnavailableException.class);
        }
    }

    @Test
    void aProxyOfTheSystem() throws Exception {
        try (var gateway =
                new RawGateway((request, socket) -> RawGateway.say(socket, RawGateway.ok(RawGateway.document(1))))) {
            var there = images.customize(HttpClient::proxyWithSystemProperties).baseUrl(gateway.url());
            assertThat(there.result(REQUEST).block(PATIENCE).images()).hasSize(1);
        }
    }

    @Test
    void connectionsThatAreFewAndShortLived() throws Exception {
        ImageClient nimble = images.connections(c -> c.maxLife(Duration.ofSeconds(30)));
        ImageClient few = images.connections(
                c -> c.max(20).maxWait(Duration.ofSeconds(10)).maxWaiting(100));
        try (var gateway =
                new RawGateway((request, socket) -> RawGateway.say(socket, RawGateway.ok(RawGateway.document(1))))) {
            for (var each : new ImageClient[] {nimble, few}) {
                assertThat(each.baseUrl(gateway.url())
                                .result(REQUEST)
                                .block(PATIENCE)
                                .images())
                        .hasSize(1);
            }
        }
    }
}
