package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.DownloadFailedException.Reason;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.testsupport.NeedsMaterial;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.transport.ProxyProvider;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

/** Where downloads do not go, however they are asked to, and what they do not take along where they go. */
class DownloadGuardTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** A range of which nobody here has an address, so that http and odd ports are tried at all. */
    private static final String ELSEWHERE = "10.99.0.0/16";

    private final FileServer files = new FileServer().put("/a", FileServer.picture(10));
    private final ImageClient client = ImageClient.openRouter("sk-secret");

    @AfterEach
    void stop() {
        client.close();
        files.close();
    }

    private static DownloadFailedException failure(ImageClient client, URI url) {
        var caught = new ArrayList<Throwable>();
        StepVerifier.create(settled(client.download(GeneratedImage.at(0, null, url))))
                .consumeErrorWith(caught::add)
                .verify(PATIENCE);
        return (DownloadFailedException) caught.get(0);
    }

    private static byte[] bytes(ImageClient client, URI url) {
        return client.download(GeneratedImage.at(0, null, url)).block(PATIENCE).toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "localhost", "127.0.0.1.", "0177.0.0.1"})
    void aLoopbackAddressGetsNoConnectionHoweverItIsSpelt(String host) {
        var url = URI.create("http://" + host + ":" + files.port() + "/a");
        assertThat(failure(client, url).reason()).isEqualTo(Reason.DENIED);
        assertThat(failure(client.downloads(d -> d.allow(ELSEWHERE)), url).reason())
                .isEqualTo(Reason.DENIED);
        assertThat(files.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "169.254.169.254",
                "10.0.0.1",
                "100.64.0.1",
                "fd00:ec2::254",
                "64:ff9b::7f00:1"
            })
    void aNameThatResolvesToWhatIsNotPublicGetsNoConnection(String address) {
        var names = new Names(address);
        var resolving = client.customize(http -> http.resolver(names));
        var failure = failure(resolving, URI.create("https://cdn.example/a?signature=canary"));
        assertThat(failure.reason()).isEqualTo(Reason.DENIED);
        assertThat(failure)
                .hasMessageContaining("cdn.example")
                .hasMessageContaining("downloads(d -> d.allow(\"cdn.example\"))")
                .hasMessageNotContaining("canary")
                .hasMessageNotContaining(address);
        assertThat(names.asked()).containsExactly("cdn.example");
    }

    @Test
    void ofSeveralAddressesOnlyThoseThatAreAllowedAreConnectedTo() {
        try (var denied = new FileServer("127.0.0.2", files.port()).put("/a", FileServer.picture(20))) {
            var names = new Names("127.0.0.2 127.0.0.1");
            var resolving = client.customize(http -> http.resolver(names)).downloads(d -> d.allow("127.0.0.1"));
            assertThat(bytes(resolving, URI.create("http://cdn.example:" + files.port() + "/a")))
                    .hasSize(10);
            assertThat(denied.connections()).isZero();
        }
    }

    @Test
    void aNameThatResolvesToSomethingElseTheSecondTimeGetsNoConnection() {
        files.put(
                "/a",
                (request, response) -> response.header("Connection", "close")
                        .header("Content-Length", "10")
                        .sendByteArray(Mono.just(FileServer.picture(10))));
        try (var denied = new FileServer("127.0.0.2", files.port()).put("/a", FileServer.picture(20))) {
            var names = new Names("127.0.0.1", "127.0.0.2");
            var resolving = client.customize(http -> http.resolver(names)).downloads(d -> d.allow("127.0.0.1"));
            var url = URI.create("http://cdn.example:" + files.port() + "/a");
            assertThat(bytes(resolving, url)).hasSize(10);
            assertThat(failure(resolving, url).reason()).isEqualTo(Reason.DENIED);
            assertThat(names.asked()).hasSize(2);
            assertThat(denied.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.2:%d/a", "//127.0.0.2:%d/a", "http://[::ffff:127.0.0.2]:%d/a"})
    void aRedirectToWhatIsNotAllowedGetsNoConnection(String location) {
        try (var denied = new FileServer("127.0.0.2", 0).put("/a", FileServer.picture(20))) {
            files.move("/1", location.formatted(denied.port())).move("/2", "/1");
            var failure = failure(client.downloads(d -> d.allow("127.0.0.1")), files.url("/2"));
            assertThat(failure.reason()).isEqualTo(Reason.DENIED);
            assertThat(files.paths()).containsExactly("/2", "/1");
            assertThat(denied.connections()).isZero();
        }
    }

    @Test
    void aRedirectFromHttpsToHttpIsNotFollowedToWhereOnlyHttpsIsAllowed() {
        var failure = failure(client, URI.create("http://cdn.example/a"));
        assertThat(failure.reason()).isEqualTo(Reason.DENIED);
        assertThat(failure).hasMessageContaining("only https on port 443");
        assertThat(failure(client, URI.create("https://cdn.example:8443/a")).reason())
                .isEqualTo(Reason.DENIED);
        assertThat(failure(client, URI.create("https://user:secret@cdn.example/a")))
                .hasMessageNotContaining("secret")
                .extracting(DownloadFailedException::reason)
                .isEqualTo(Reason.DENIED);
    }

    @Test
    @NeedsMaterial
    void noSpellingThatBrowsersKnowOfAnAddressOrOfNoneIsEvenLookedUp() {
        var names = new Names("127.0.0.1");
        var resolving = client.customize(http -> http.resolver(names)).downloads(d -> d.allow(ELSEWHERE));
        var cases = SharedMaterial.json("wire.vectors", "ssrf/hosts.json").path("cases");
        int asked = 0;
        for (JsonNode one : cases) {
            URI url;
            try {
                url = new URI(one.path("url").stringValue());
            } catch (URISyntaxException e) {
                continue; // a gateway's answer with it has no URL for us
            }
            asked++;
            assertThat(failure(resolving, url).reason()).as("%s", url).isEqualTo(Reason.DENIED);
        }
        assertThat(asked).isGreaterThan(30);
        assertThat(names.asked()).isEmpty();
    }

    @Test
    void aConnectionOfTheApiIsNotUsedForADownloadThatIsDenied() {
        var url = files.url("/a");
        files.put(
                "/v1/images",
                ("{\"data\":[{\"url\":\"" + url + "\"}]}").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var api = client.baseUrl(files.url("/v1").toString()).downloads(d -> d.allow(ELSEWHERE));
        for (int i = 0; i < 3; i++) {
            var image = api.result(ImageRequest.of("a/b", "p")).block(PATIENCE).first();
            assertThat(image.isLoaded()).isFalse();
            assertThat(image.url()).isEqualTo(url);
            assertThat(image.downloadFailure())
                    .isInstanceOfSatisfying(
                            DownloadFailedException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.DENIED));
        }
        assertThat(files.paths()).containsOnly("/v1/images");
    }

    @Test
    void aDownloadCarriesNeitherKeyNorHeaderNorCookieOfAnybody() {
        var talkative = client.header("X-Account", "canary")
                .customize(http -> http.headers(
                                headers -> headers.set("X-Api-Key", "canary").set("Host", "canary.example"))
                        .headersWhen(headers -> Mono.just(headers.set("X-Late", "canary")))
                        .cookie(new DefaultCookie("session", "canary"))
                        .doOnRequest((request, connection) -> request.header("X-Signed", "canary")))
                .downloads(d -> d.allow("127.0.0.1"));
        files.move("/1", "/a");
        bytes(talkative, files.url("/1"));
        assertThat(files.headers()).hasSize(2).allSatisfy(headers -> {
            assertThat(headers.names())
                    .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                    .containsExactlyInAnyOrder("host", "user-agent", "accept", "accept-encoding");
            assertThat(headers.get("Host")).isEqualTo("127.0.0.1:" + files.port());
            assertThat(headers.get("Accept-Encoding")).isEqualTo("identity");
        });
    }

    @Test
    void behindAProxyNamesAreLeftToItAndLocalOnesRefused() throws Exception {
        var certificate = new CertificateBuilder()
                .subject("CN=cdn.example")
                .addSanDnsName("cdn.example")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        var tls = SslContextBuilder.forServer(certificate.toKeyManagerFactory()).build();
        var trust = SslContextBuilder.forClient()
                .trustManager(certificate.getCertificate())
                .build();
        var server = HttpServer.create()
                .host("127.0.0.1")
                .secure(spec -> spec.sslContext(tls))
                .handle((request, response) ->
                        response.header("Content-Length", "10").sendByteArray(Mono.just(FileServer.picture(10))))
                .bindNow(PATIENCE);
        try (var proxy = new ConnectProxy(server.port())) {
            var through = client.customize(http -> http.secure(spec -> spec.sslContext(trust))
                    .proxy(spec -> spec.type(ProxyProvider.Proxy.HTTP)
                            .host("127.0.0.1")
                            .port(proxy.port())));
            assertThat(bytes(through, URI.create("https://cdn.example/a"))).hasSize(10);
            assertThat(proxy.asked()).singleElement().asString().startsWith("CONNECT cdn.example:443");
            for (String host : List.of("localhost", "metadata.google.internal", "127.0.0.1", "[::1]", "10.0.0.1")) {
                assertThat(failure(through, URI.create("https://" + host + "/a"))
                                .reason())
                        .as(host)
                        .isEqualTo(Reason.DENIED);
            }
            assertThat(proxy.asked()).hasSize(1);
            assertThat(failure(through.downloads(d -> d.allow(ELSEWHERE)), URI.create("http://cdn.example/a"))
                            .reason())
                    .isEqualTo(Reason.DENIED);
            assertThat(proxy.asked()).hasSize(1);
        } finally {
            server.disposeNow(PATIENCE);
        }
    }
}
