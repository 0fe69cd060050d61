package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.testsupport.SideBySide;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;
import reactor.netty.transport.ProxyProvider.Proxy;

/** A proxy that opens no tunnel: nothing of the request has left, and that is what is said. */
class ProxyRefusalTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");

    /** What a proxy does once it was greeted. */
    @FunctionalInterface
    private interface Manners {
        void treat(Socket client) throws Exception;
    }

    private final AtomicInteger greeted = new AtomicInteger();
    private final ImageClient client = ImageClient.openRouter("sk-test").rateLimits(r -> r.maxWait(Duration.ZERO));
    private ServerSocket proxy;
    private Manners behaviour;

    @BeforeEach
    void open() throws Exception {
        proxy = new ServerSocket(0, 50, java.net.InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        proxy.close();
    }

    private void behave(Manners manners) {
        behaviour = manners;
        RawGateway.start("proxy", () -> {
            while (true) {
                var socket = proxy.accept();
                greeted.incrementAndGet();
                RawGateway.start("proxied", () -> manners.treat(socket));
            }
        });
    }

    /** Only a proxy that is silent is given up soon. Any other has answered before that, however busy the machine is. */
    private ImageClient through(Proxy type) {
        return client.customize(http -> http.proxy(spec -> spec.type(type)
                .host("127.0.0.1")
                .port(proxy.getLocalPort())
                .connectTimeoutMillis(behaviour == IS_SILENT ? 300 : 60_000)));
    }

    private static Manners says(String answer) {
        return socket -> {
            RawGateway.head(socket.getInputStream());
            RawGateway.say(socket, answer);
            socket.getInputStream().read();
        };
    }

    private static Manners says(int... bytes) {
        return socket -> {
            socket.getInputStream().read(new byte[1000]);
            for (int b : bytes) {
                socket.getOutputStream().write(b);
            }
            socket.getInputStream().read();
        };
    }

    private static String refusal(int status) {
        return "HTTP/1.1 " + status + " Secret Words\r\nContent-Length: 0\r\n\r\n";
    }

    private static final Manners HANGS_UP = socket -> {
        RawGateway.head(socket.getInputStream());
        socket.close();
    };

    private static final Manners IS_SILENT =
            socket -> socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of("502", Proxy.HTTP, says(refusal(502)), "(502)"),
                Arguments.of("503", Proxy.HTTP, says(refusal(503)), "(503)"),
                Arguments.of("429", Proxy.HTTP, says(refusal(429)), "(429)"),
                Arguments.of("hangs up", Proxy.HTTP, HANGS_UP, "hung up"),
                Arguments.of("silent", Proxy.HTTP, IS_SILENT, "in time"),
                Arguments.of("garbage", Proxy.HTTP, says("secret words\r\n\r\n"), "opened no tunnel"),
                Arguments.of("socks4 refuses", Proxy.SOCKS4, says(0, 0x5b, 0, 0, 0, 0, 0, 0), "opened no tunnel"),
                Arguments.of("socks4 silent", Proxy.SOCKS4, IS_SILENT, "in time"),
                Arguments.of(
                        "socks5 refuses", Proxy.SOCKS5, says(5, 0, 5, 5, 0, 1, 0, 0, 0, 0, 0, 0), "opened no tunnel"),
                Arguments.of("socks5 silent", Proxy.SOCKS5, IS_SILENT, "in time"));
    }

    static Stream<Arguments> forGood() {
        return Stream.of(
                Arguments.of(407, RejectedException.Reason.CREDENTIALS),
                Arguments.of(403, RejectedException.Reason.FORBIDDEN),
                Arguments.of(405, RejectedException.Reason.FORBIDDEN));
    }

    /** What a SOCKS5 proxy answers, and whether it was told who we are. */
    static Stream<Arguments> socks() {
        return Stream.of(
                Arguments.of(
                        "wants to be told",
                        false,
                        new int[] {5, 0xff},
                        "asks for credentials",
                        RejectedException.Reason.CREDENTIALS),
                Arguments.of(
                        "wants another way",
                        true,
                        new int[] {5, 0xff},
                        "does not take the credentials",
                        RejectedException.Reason.CREDENTIALS),
                Arguments.of(
                        "does not believe it",
                        true,
                        new int[] {5, 2, 1, 1},
                        "does not take the credentials",
                        RejectedException.Reason.CREDENTIALS),
                Arguments.of(
                        "has a rule against it",
                        false,
                        new int[] {5, 0, 5, 2, 0, 1, 0, 0, 0, 0, 0, 0},
                        "refuses to open a tunnel",
                        RejectedException.Reason.FORBIDDEN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("socks")
    void aSocksProxyThatRefusesForGoodIsNotAskedAgain(
            String name, boolean told, int[] answer, String words, RejectedException.Reason reason) {
        behave(says(answer));
        var failure = failure(client.customize(http -> http.proxy(spec -> {
                    var proxied = spec.type(Proxy.SOCKS5).host("127.0.0.1").port(proxy.getLocalPort());
                    if (told) {
                        proxied.username("secretive").password(user -> "secret");
                    }
                }))
                .rateLimits(r -> r.maxWait(PATIENCE))
                .baseUrl("http://gateway.invalid/v1"));
        assertThat(failure).isInstanceOf(RejectedException.class).hasMessageContaining(words);
        assertThat(((RejectedException) failure).reason()).isEqualTo(reason);
        assertThatItNamesTheProxy(failure);
        assertThat(greeted).as("not tried again").hasValue(1);
    }

    @Test
    void credentialsThatAProxyDoesNotTakeAreToldApartFromNone() {
        behave(says(refusal(407)));
        var failure = failure(client.customize(http -> http.proxy(spec -> spec.type(Proxy.HTTP)
                        .host("127.0.0.1")
                        .port(proxy.getLocalPort())
                        .username("secretive")
                        .password(user -> "secret")))
                .baseUrl("http://gateway.invalid/v1"));
        assertThat(failure)
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("does not take the credentials it was given (407)");
        assertThatItNamesTheProxy(failure);
    }

    private ImageException failure(ImageClient images) {
        return (ImageException)
                images.generate(REQUEST).then().materialize().block(PATIENCE).getThrowable();
    }

    private void assertThatItNamesTheProxy(Throwable failure) {
        assertThat(failure)
                .hasMessageContaining("proxy at 127.0.0.1:" + proxy.getLocalPort())
                .hasMessageNotContaining("TLS");
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContainIgnoringCase("secret");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    @SideBySide
    void aProxyThatOpensNoTunnelIsUnavailableAndNothingWasSent(String name, Proxy type, Manners manners, String words) {
        behave(manners);
        for (String scheme : new String[] {"http", "https"}) {
            var failure = failure(through(type).baseUrl(scheme + "://gateway.invalid/v1"));
            assertThat(failure).isInstanceOf(UnavailableException.class).hasMessageContaining(words);
            assertThatItNamesTheProxy(failure);
        }
    }

    @ParameterizedTest
    @MethodSource
    void forGood(int status, RejectedException.Reason reason) {
        behave(says(refusal(status)));
        for (String scheme : new String[] {"http", "https"}) {
            var failure = failure(
                    through(Proxy.HTTP).rateLimits(r -> r.maxWait(PATIENCE)).baseUrl(scheme + "://gateway.invalid/v1"));
            assertThat(failure).isInstanceOf(RejectedException.class).hasMessageContaining("(" + status + ")");
            assertThat(((RejectedException) failure).reason()).isEqualTo(reason);
            assertThatItNamesTheProxy(failure);
        }
        assertThat(greeted).as("not tried again").hasValue(2);
    }

    @Test
    void aDownloadSaysTheSameOfItsProxy() {
        behave(says(refusal(407)));
        var image = GeneratedImage.at(0, null, URI.create("https://storage.example.com/1.png"));
        var failure = Exceptions.unwrap(through(Proxy.HTTP)
                .download(image)
                .materialize()
                .block(PATIENCE)
                .getThrowable());
        assertThat(failure)
                .isInstanceOf(DownloadFailedException.class)
                .hasMessageContaining("asks for credentials (407)");
        assertThatItNamesTheProxy(failure);
        assertThat(greeted).hasValue(1);
    }

    @Test
    @SideBySide
    void aDownloadBehindAProxyThatHangsUpIsUnreachableAndTriedAgain() {
        behave(HANGS_UP);
        var image = GeneratedImage.at(0, null, URI.create("http://storage.example.com/1.png"));
        var failure = (DownloadFailedException) through(Proxy.HTTP)
                .downloads(d -> d.allow("storage.example.com"))
                .download(image)
                .materialize()
                .block(PATIENCE)
                .getThrowable();
        assertThat(failure.reason()).isEqualTo(DownloadFailedException.Reason.UNREACHABLE);
        assertThatItNamesTheProxy(failure);
        assertThat(greeted).hasValue(3);
    }

    @Test
    @SideBySide
    void whatAProxySaysBehindItsConsentAnswersNobody() throws Exception {
        behave(socket -> {
            var in = socket.getInputStream();
            RawGateway.head(in);
            var first = greeted.get() == 1;
            RawGateway.say(socket, "HTTP/1.1 200 OK\r\n\r\n" + (first ? RawGateway.ok(RawGateway.document(99)) : ""));
            in.readNBytes(RawGateway.length(RawGateway.head(in)));
            RawGateway.say(socket, RawGateway.ok(RawGateway.document(1)));
        });
        var there = through(Proxy.HTTP).baseUrl("http://gateway.invalid/v1");
        var bytes = there.rateLimits(r -> r.maxWait(PATIENCE))
                .result(REQUEST)
                .block(PATIENCE)
                .first()
                .asByteBuffer();
        assertThat(bytes.get(bytes.limit() - 1)).isEqualTo((byte) 1);
    }
}
