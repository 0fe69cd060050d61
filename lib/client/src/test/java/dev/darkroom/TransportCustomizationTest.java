package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Size;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.testsupport.SideBySide;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.ProxyProvider;
import reactor.test.StepVerifier;

/** Proxy, TLS and redirects: what {@code customize} may change, and what it may not. */
class TransportCustomizationTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ImageRequest REQUEST =
            ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse").size(Size.pixels(32, 32));
    private static final String DOCUMENT = "{\"data\":[{\"b64_json\":\"iVBORw0KGgoBAgM=\"}]}";

    private final ImageClient client = ImageClient.openRouter("sk-test");

    @AfterEach
    void stop() {
        client.close();
    }

    private static DisposableServer tlsServer(X509Bundle certificate, AtomicInteger requests) throws Exception {
        var context =
                SslContextBuilder.forServer(certificate.toKeyManagerFactory()).build();
        return HttpServer.create()
                .host("127.0.0.1")
                .secure(spec -> spec.sslContext(context))
                .handle((request, response) -> {
                    requests.incrementAndGet();
                    return response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                            .sendString(Mono.just(DOCUMENT));
                })
                .bindNow(PATIENCE);
    }

    @Test
    @SideBySide
    void aCertificateNobodyVouchesForIsUnavailableAndNothingIsSent() throws Exception {
        var requests = new AtomicInteger();
        var certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        var server = tlsServer(certificate, requests);
        try {
            var over = client.baseUrl("https://localhost:" + server.port());
            StepVerifier.create(settled(over.generate(REQUEST)))
                    .expectError(UnavailableException.class)
                    .verify(PATIENCE);
            assertThat(requests).hasValue(0);
            StepVerifier.create(settled(trusting(over, certificate).generate(REQUEST)))
                    .expectNextMatches(ImageEvent.Completed.class::isInstance)
                    .expectComplete()
                    .verify(PATIENCE);
        } finally {
            server.disposeNow(PATIENCE);
        }
    }

    @Test
    @SideBySide
    void aCertificateOfAnotherHostIsUnavailable() throws Exception {
        var requests = new AtomicInteger();
        var certificate = new CertificateBuilder()
                .subject("CN=elsewhere.example")
                .addSanDnsName("elsewhere.example")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        var server = tlsServer(certificate, requests);
        try {
            var over = client.baseUrl("https://localhost:" + server.port());
            StepVerifier.create(settled(trusting(over, certificate).generate(REQUEST)))
                    .expectError(UnavailableException.class)
                    .verify(PATIENCE);
            assertThat(requests).hasValue(0);
        } finally {
            server.disposeNow(PATIENCE);
        }
    }

    private static ImageClient trusting(ImageClient client, X509Bundle certificate) throws Exception {
        var context = SslContextBuilder.forClient()
                .trustManager(certificate.getCertificate())
                .build();
        return client.customize(http -> http.secure(spec -> spec.sslContext(context)));
    }

    @Test
    void callsGoThroughTheProxyThatCustomizeNames() throws IOException {
        try (var emulator = ImageEmulator.create().start();
                var proxy = new ConnectProxy(emulator.port())) {
            var through = client.baseUrl(
                            emulator.openRouterBaseUrl().toString().replace("127.0.0.1", "gateway.invalid"))
                    .customize(http -> http.proxy(spec -> spec.type(ProxyProvider.Proxy.HTTP)
                            .host("127.0.0.1")
                            .port(proxy.port())));
            StepVerifier.create(settled(through.generate(REQUEST)))
                    .expectNextMatches(ImageEvent.Completed.class::isInstance)
                    .expectComplete()
                    .verify(PATIENCE);
            assertThat(proxy.asked()).singleElement().asString().startsWith("CONNECT gateway.invalid:");
        }
    }

    @Test
    void redirectsAreNotFollowedEvenIfCustomizeWouldLikeTo() {
        var elsewhere = new AtomicInteger();
        var target = HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) -> {
                    elsewhere.incrementAndGet();
                    return response.sendString(Mono.just(DOCUMENT));
                })
                .bindNow(PATIENCE);
        var server = HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) -> response.status(307)
                        .header(HttpHeaderNames.LOCATION, "http://127.0.0.1:" + target.port() + "/images")
                        .send())
                .bindNow(PATIENCE);
        try {
            var eager = client.baseUrl("http://127.0.0.1:" + server.port())
                    .customize(http -> http.followRedirect(true).compress(true));
            StepVerifier.create(settled(eager.generate(REQUEST)))
                    .expectErrorSatisfies(
                            e -> assertThat(((RejectedException) e).status()).isEqualTo(307))
                    .verify(PATIENCE);
            assertThat(elsewhere).hasValue(0);
        } finally {
            server.disposeNow(PATIENCE);
            target.disposeNow(PATIENCE);
        }
    }

    @Test
    void aPoolOfOnesOwnIsUsed() {
        try (RunningEmulator emulator = ImageEmulator.create().start()) {
            var pool = ConnectionProvider.create("own", 1);
            try {
                var own = client.baseUrl(emulator.openRouterBaseUrl().toString())
                        .customize(http -> HttpClient.create(pool));
                own.generate(REQUEST).blockLast(PATIENCE);
            } finally {
                pool.disposeLater().block(PATIENCE);
            }
        }
    }
}
