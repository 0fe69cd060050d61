package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.testsupport.SideBySide;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads as gateways send them: large ones, damaged ones, and ones that say a thing twice. */
class LargeHeadsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");
    private static final String SECRET = "sk-secret-of-somebody";

    private final ImageClient client = ImageClient.openRouter("sk-test")
            .rateLimits(r -> r.maxWait(Duration.ZERO))
            .downloads(d -> d.allow("127.0.0.1"));

    @AfterEach
    void stop() {
        client.close();
    }

    private static String cookies(int bytes) {
        return ("Set-Cookie: a=" + "x".repeat(4000) + "\r\n").repeat(bytes / 4016) + "Content-Security-Policy: "
                + "y".repeat(bytes % 4016) + "\r\n";
    }

    private static String with(String headers, String answer) {
        return answer.replaceFirst("\r\n", "\r\n" + headers);
    }

    private RawGateway saying(String answer) throws Exception {
        return new RawGateway((request, socket) -> {
            RawGateway.say(socket, answer);
            socket.shutdownOutput();
        });
    }

    private ImageException failure(ImageClient images) {
        return (ImageException)
                images.generate(REQUEST).then().materialize().block(PATIENCE).getThrowable();
    }

    @ParameterizedTest
    @ValueSource(ints = {9_000, 20_000, 40_000, 60_000})
    void headsUpToSixtyFourKilobytesAreRead(int bytes) throws Exception {
        try (var gateway = saying(with(cookies(bytes), RawGateway.ok(RawGateway.document(1))))) {
            assertThat(client.baseUrl(gateway.url())
                            .result(REQUEST)
                            .block(PATIENCE)
                            .images())
                    .hasSize(1);
        }
        try (var gateway = saying(with(cookies(bytes), "HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\n{}"))) {
            assertThat(((RejectedException) failure(client.baseUrl(gateway.url()))).status())
                    .isEqualTo(401);
        }
        var file = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
                + new String(RawGateway.picture(1), StandardCharsets.ISO_8859_1);
        try (var storage = saying(with(cookies(bytes), file))) {
            var image = GeneratedImage.at(0, null, URI.create(storage.url() + "/1.png"));
            assertThat(client.download(image).block(PATIENCE).isLoaded()).isTrue();
        }
    }

    @Test
    void aLargerHeadIsTooLargeByNameWhateverItsStatus() throws Exception {
        for (String status : new String[] {"200 OK", "401 No", "429 Later"}) {
            try (var gateway = saying(
                    with(cookies(70_000), RawGateway.ok(RawGateway.document(1)).replace("200 OK", status)))) {
                var failure = (OutcomeUnknownException) failure(client.baseUrl(gateway.url()));
                assertThat(failure.reason()).isEqualTo(OutcomeUnknownException.Reason.TOO_LARGE);
                assertThat(failure).hasMessageContaining("l.headBytes");
                var larger = client.limits(l -> l.headBytes(100_000))
                        .baseUrl(gateway.url())
                        .result(REQUEST);
                assertThat(String.valueOf(larger.materialize().block(PATIENCE).getThrowable()))
                        .doesNotContain("OutcomeUnknown");
            }
        }
    }

    @Test
    void aDownloadWithALargerHeadIsTooLargeByName() throws Exception {
        try (var storage = saying(with(cookies(70_000), "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"))) {
            var image = GeneratedImage.at(0, null, URI.create(storage.url() + "/1.png"));
            var failure = (DownloadFailedException)
                    client.download(image).materialize().block(PATIENCE).getThrowable();
            assertThat(failure.reason()).isEqualTo(DownloadFailedException.Reason.TOO_LARGE);
            assertThat(failure).hasMessageContaining("l.headBytes");
            assertThat(storage.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: %1$d\r\nContent-Length: %1$d\r\n", "Content-Length: %1$d, %1$d\r\n"})
    void aLengthSaidTwiceIsOneLength(String lengths) throws Exception {
        var document = RawGateway.document(1);
        var answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + lengths.formatted(document.length())
                + "\r\n" + document;
        try (var gateway = new RawGateway((request, socket) -> RawGateway.say(socket, answer))) {
            assertThat(client.baseUrl(gateway.url())
                            .result(REQUEST)
                            .block(PATIENCE)
                            .images())
                    .hasSize(1);
        }
    }

    @Test
    void twoLengthsAreAnError() throws Exception {
        var answer = with("Content-Length: 7\r\n", RawGateway.ok(RawGateway.document(1)));
        try (var gateway = saying(answer)) {
            assertThat(failure(client.baseUrl(gateway.url()))).isInstanceOf(OutcomeUnknownException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"300 ", "304 Not Modified", "302 Found", "310 ", "399 "})
    void aStatusThatLeadsNowhereMeansNothing(String status) throws Exception {
        try (var gateway = saying("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(failure(client.baseUrl(gateway.url()))).isInstanceOf(OutcomeUnknownException.class);
        }
    }

    @Test
    void aRedirectThatNamesAPlaceIsRejected() throws Exception {
        try (var gateway =
                saying("HTTP/1.1 308 Moved\r\nLocation: https://elsewhere.example/v1\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(failure(client.baseUrl(gateway.url()))).isInstanceOf(RejectedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET + "\r\n\r\n",
                "HTTP/1.1 " + SECRET + "\r\n\r\n",
                "HTTP/1.1 20x " + SECRET + "\r\n\r\n",
                "HTTP/9." + SECRET + " 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\n" + SECRET + "(): x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: \u0001" + SECRET + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: " + SECRET + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + SECRET
                        + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"da"
                        + SECRET,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n(" + SECRET
                        + "\r\n\r\n"
            })
    @SideBySide
    void whatADamagedAnswerSaysIsQuotedNowhere(String answer) throws Exception {
        try (var gateway = saying(answer)) {
            assertNothingIsQuoted(failure(client.baseUrl(gateway.url())));
            var image = GeneratedImage.at(0, null, URI.create(gateway.url() + "/1.png"));
            assertNothingIsQuoted(
                    client.download(image).materialize().block(PATIENCE).getThrowable());
        }
    }

    @Test
    void whatIsNoTlsIsQuotedNowhere() throws Exception {
        try (var server = new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
            RawGateway.start("no-tls", () -> {
                while (true) {
                    try (var socket = server.accept()) {
                        socket.getInputStream().read(new byte[1000]);
                        RawGateway.say(socket, "HTTP/1.1 400 Bad " + SECRET + "\r\n\r\n");
                        socket.getInputStream().read();
                    }
                }
            });
            assertNothingIsQuoted(failure(client.baseUrl("https://127.0.0.1:" + server.getLocalPort())));
        }
    }

    private static void assertNothingIsQuoted(Throwable failure) {
        assertThat(failure).isNotNull();
        var seen = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(seen));
        assertThat(seen.toString()).doesNotContain("secret", "2D736563726574", "2d736563726574");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/" + SECRET + " x",
                SECRET + "://[",
                "http://" + SECRET + ":x@[",
                "https://api.example/v1#" + SECRET,
                "\u0000" + SECRET
            })
    void aMistypedBaseUrlIsQuotedNowhere(String baseUrl) {
        var failure = org.assertj.core.api.Assertions.catchThrowable(() -> client.baseUrl(baseUrl));
        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
        assertNothingIsQuoted(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user:" + SECRET + "@host", "host/" + SECRET, SECRET + " " + SECRET})
    void aMistypedSourceOfDownloadsIsQuotedNowhere(String source) {
        var failure = org.assertj.core.api.Assertions.catchThrowable(() -> client.downloads(d -> d.allow(source)));
        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
        assertNothingIsQuoted(failure);
    }
}
