package dev.darkroom.spring;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.UnavailableException;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;
import reactor.test.StepVerifier;

class ConnectionSettingsTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DarkroomAutoConfiguration.class, SslAutoConfiguration.class))
            .withPropertyValues("darkroom.api-key=sk-test");

    @Test
    void aProxyIsAskedForTheGateway() throws Exception {
        try (var proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var asked = CompletableFuture.supplyAsync(() -> firstLine(proxy));
            runner.withPropertyValues(
                            "darkroom.base-url=http://images.invalid/api",
                            "darkroom.rate-limits.max-wait=0s",
                            "darkroom.proxy.host=127.0.0.1",
                            "darkroom.proxy.port=" + proxy.getLocalPort(),
                            "darkroom.proxy.username=me",
                            "darkroom.proxy.password=secret",
                            "darkroom.proxy.non-proxy-hosts=localhost")
                    .run(context -> {
                        StepVerifier.create(settled(context.getBean(ImageClient.class)
                                        .catalogue()
                                        .orElseThrow()
                                        .models()))
                                .expectError()
                                .verify(TIMEOUT);
                        assertThat(asked.get(3, TimeUnit.MINUTES)).startsWith("CONNECT images.invalid:80 ");
                    });
        }
    }

    private static String firstLine(ServerSocket server) {
        try (var connection = server.accept();
                var lines = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))) {
            return lines.readLine();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theCertificatesOfABundleAreTrustedAndNoOthers() throws Exception {
        var certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        var server = gateway(certificate);
        try {
            var there = runner.withPropertyValues(
                    "darkroom.base-url=https://localhost:" + server.port() + "/api",
                    "darkroom.rate-limits.max-wait=0s");
            there.withPropertyValues(
                            "darkroom.ssl.bundle=mine",
                            "spring.ssl.bundle.pem.mine.truststore.certificate=" + certificate.getCertificatePEM())
                    .run(context -> StepVerifier.create(settled(context.getBean(ImageClient.class)
                                    .catalogue()
                                    .orElseThrow()
                                    .models()))
                            .expectComplete()
                            .verify(TIMEOUT));
            there.withPropertyValues(
                            "darkroom.base-url=https://127.0.0.1:" + server.port() + "/api",
                            "darkroom.ssl.bundle=mine",
                            "spring.ssl.bundle.pem.mine.truststore.certificate=" + certificate.getCertificatePEM())
                    .run(context -> StepVerifier.create(settled(context.getBean(ImageClient.class)
                                    .catalogue()
                                    .orElseThrow()
                                    .models()))
                            .expectErrorMatches(UnavailableException.class::isInstance) // its name is another
                            .verify(TIMEOUT));
            there.run(context -> StepVerifier.create(settled(context.getBean(ImageClient.class)
                            .catalogue()
                            .orElseThrow()
                            .models()))
                    .expectError(UnavailableException.class)
                    .verify(TIMEOUT));
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void http2IsSpokenWithTheCertificatesOfABundleToo() throws Exception {
        var certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        GenericSslContextSpec<SslContextBuilder> tls = Http2SslContextSpec.forServer(certificate.toKeyManagerFactory());
        var spoken = new CopyOnWriteArrayList<String>();
        var server = HttpServer.create()
                .host("127.0.0.1")
                .protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
                .secure(spec -> spec.sslContext(tls))
                .handle((request, response) -> {
                    spoken.add(request.protocol());
                    return response.header("Content-Type", "application/json").sendString(Mono.just("{\"data\":[]}"));
                })
                .bindNow();
        try {
            for (String http2 : List.of("true", "false")) {
                runner.withPropertyValues(
                                "darkroom.base-url=https://localhost:" + server.port() + "/api",
                                "darkroom.connections.http2=" + http2,
                                "darkroom.ssl.bundle=mine",
                                "spring.ssl.bundle.pem.mine.truststore.certificate=" + certificate.getCertificatePEM())
                        .run(context -> context.getBean(ImageClient.class)
                                .catalogue()
                                .orElseThrow()
                                .models()
                                .blockLast(TIMEOUT));
            }
            assertThat(spoken).containsExactly("HTTP/2.0", "HTTP/1.1");
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void whoWeAreIsForTheGatewayAndNotForTheStoragesItNames() throws Exception {
        var certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        var presented = new ConcurrentHashMap<String, Boolean>();
        var tls = SslContextBuilder.forServer(certificate.toKeyManagerFactory())
                .trustManager(certificate.getCertificate())
                .clientAuth(ClientAuth.OPTIONAL)
                .build();
        var server = HttpServer.create()
                .host("127.0.0.1")
                .secure(spec -> spec.sslContext(tls))
                .handle((request, response) -> {
                    request.withConnection(connection -> presented.put(
                            request.path(),
                            hasPeer(connection.channel().pipeline().get(SslHandler.class))));
                    return request.path().endsWith("models")
                            ? response.header("Content-Type", "application/json")
                                    .sendString(Mono.just("{\"data\":[]}"))
                            : response.sendByteArray(
                                    Mono.just(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}));
                })
                .bindNow();
        try {
            runner.withPropertyValues(
                            "darkroom.base-url=https://localhost:" + server.port() + "/api",
                            "darkroom.downloads.allow=localhost",
                            "darkroom.ssl.bundle=mine",
                            "spring.ssl.bundle.pem.mine.keystore.certificate=" + certificate.getCertificatePEM(),
                            "spring.ssl.bundle.pem.mine.keystore.private-key=" + certificate.getPrivateKeyPEM(),
                            "spring.ssl.bundle.pem.mine.truststore.certificate=" + certificate.getCertificatePEM())
                    .run(context -> {
                        var client = context.getBean(ImageClient.class);
                        client.catalogue().orElseThrow().models().blockLast(TIMEOUT);
                        var stored = URI.create("https://localhost:" + server.port() + "/picture");
                        client.download(GeneratedImage.at(0, null, stored)).block(TIMEOUT);
                        assertThat(presented)
                                .containsEntry("api/images/models", true)
                                .containsEntry("picture", false);
                    });
        } finally {
            server.disposeNow();
        }
    }

    private static boolean hasPeer(SslHandler tls) {
        try {
            return tls.engine().getSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException nobody) {
            return false;
        }
    }

    private static DisposableServer gateway(X509Bundle certificate) throws Exception {
        var tls = SslContextBuilder.forServer(certificate.toKeyManagerFactory()).build();
        return HttpServer.create()
                .host("127.0.0.1")
                .secure(spec -> spec.sslContext(tls))
                .handle((request, response) ->
                        response.header("Content-Type", "application/json").sendString(Mono.just("{\"data\":[]}")))
                .bindNow();
    }
}
