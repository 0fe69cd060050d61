package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.testsupport.SideBySide;
import io.netty.channel.Channel;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.netty.ConnectionObserver;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;

/** What a server, or a proxy before it, says too much is nobody's answer. */
class ForeignAnswersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");
    private static final int SOMEBODY_ELSE = 99;

    /** A call may begin while the connections of those before it are on their way to the pool; not of all of them, though. */
    private static final int MOST = 15;

    private final ImageClient client = ImageClient.openRouter("sk-test")
            .rateLimits(r -> r.maxWait(Duration.ZERO))
            .downloads(d -> d.allow("127.0.0.1"));
    private final CountDownLatch said = new CountDownLatch(1);

    @AfterEach
    void stop() {
        client.close();
    }

    /** What follows the first answer. */
    private enum Surplus {
        A_SECOND_ANSWER(RawGateway.ok(RawGateway.document(SOMEBODY_ELSE))),
        A_SECOND_DOWNLOAD(file(SOMEBODY_ELSE)),
        A_REFUSAL("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"),
        AN_ANNOUNCEMENT("HTTP/1.1 103 Early Hints\r\n\r\n"),
        GARBAGE("\u0000\u0001 garbage\r\n\r\n"),
        HALF_A_HEAD("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Half: a"),
        HALF_A_STATUS_LINE("HTTP/1.1 20"),
        ONE_BYTE("}"),
        A_HEAD_THAT_WAITS_FOR_ITS_BODY("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");

        private final String text;

        Surplus(String text) {
            this.text = text;
        }
    }

    private static String file(int owner) {
        return "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
                + new String(RawGateway.picture(owner), StandardCharsets.ISO_8859_1);
    }

    private String answer(RawGateway.Request request) {
        return request.head().startsWith("GET")
                ? file(request.number())
                : RawGateway.ok(RawGateway.document(request.number()));
    }

    private void atOnce(RawGateway.Request request, Socket socket, String surplus) throws Exception {
        RawGateway.say(socket, request.number() == 1 ? answer(request) + surplus : answer(request));
        said.countDown();
    }

    private void later(RawGateway.Request request, Socket socket, String surplus) throws Exception {
        RawGateway.say(socket, answer(request));
        if (request.number() == 1) {
            TimeUnit.MILLISECONDS.sleep(20); // so that it is a read of its own
            RawGateway.say(socket, surplus);
            awaitHangUp(socket);
            said.countDown();
        }
    }

    /** What was written may not have arrived yet; whoever hangs up on it has seen it. */
    private static void awaitHangUp(Socket socket) {
        try (var back = socket.getInputStream()) {
            back.transferTo(OutputStream.nullOutputStream());
        } catch (IOException reset) {
            // an end, too
        }
    }

    private static int owner(GeneratedImage image) {
        var bytes = image.asByteBuffer();
        return bytes.get(bytes.limit() - 1);
    }

    private int generated(ImageClient client) {
        return owner(client.result(REQUEST).block(PATIENCE).first());
    }

    private void assertThatEachGetsItsOwn(ImageClient client) throws InterruptedException {
        assertThat(generated(client)).isEqualTo(1);
        assertThat(said.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(generated(client)).isEqualTo(2);
        assertThat(generated(client)).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsAnAnswerAtOnceAnswersNobody(Surplus surplus) throws Exception {
        try (var gateway = new RawGateway((request, socket) -> atOnce(request, socket, surplus.text))) {
            assertThatEachGetsItsOwn(client.baseUrl(gateway.url()));
            assertThat(gateway.requests()).hasSize(3);
            assertThat(gateway.connections()).isGreaterThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatComesWhileNothingIsAskedAnswersNobody(Surplus surplus) throws Exception {
        try (var gateway = new RawGateway((request, socket) -> later(request, socket, surplus.text))) {
            assertThatEachGetsItsOwn(client.baseUrl(gateway.url()));
            assertThat(gateway.requests()).hasSize(3);
            assertThat(gateway.connections()).isGreaterThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void downloadsGetTheirOwnToo(Surplus surplus) throws Exception {
        try (var storage = new RawGateway((request, socket) -> atOnce(request, socket, surplus.text))) {
            var image = GeneratedImage.at(0, null, URI.create(storage.url() + "/1.png"));
            assertThat(owner(client.download(image).block(PATIENCE))).isEqualTo(1);
            assertThat(owner(client.download(image).block(PATIENCE))).isEqualTo(2);
            assertThat(storage.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void overTlsItIsTheSame(Surplus surplus) throws Exception {
        var certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        var context = SSLContext.getInstance("TLS");
        context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        ServerSocketFactory sockets = context.getServerSocketFactory();
        var trusted = SslContextBuilder.forClient()
                .trustManager(certificate.getCertificate())
                .build();
        try (var gateway = new RawGateway(sockets, (request, socket) -> later(request, socket, surplus.text))) {
            assertThatEachGetsItsOwn(client.customize(http -> http.secure(spec -> spec.sslContext(trusted)))
                    .baseUrl("https://localhost:" + gateway.port()));
            assertThat(gateway.requests()).hasSize(3);
        }
    }

    @Test
    @SideBySide
    void whatComesBetweenTheChoiceOfAConnectionAndTheRequestAnswersNobody() throws Exception {
        var loops = LoopResources.create("one", 1, true);
        var hold = new CountDownLatch(1);
        try (var gateway = new RawGateway((request, socket) -> {
            RawGateway.say(socket, answer(request));
            if (request.number() == 1) {
                hold.await();
                RawGateway.say(socket, RawGateway.ok(RawGateway.document(SOMEBODY_ELSE)));
            }
        })) {
            var first = new AtomicReference<Channel>();
            var one = client.baseUrl(gateway.url())
                    .customize(http -> http.runOn(loops)
                            .doOnConnected(connection -> first.compareAndSet(null, connection.channel())));
            assertThat(generated(one)).isEqualTo(1);
            var loop = loops.onClient(true).next();
            var busy = new CountDownLatch(1);
            loop.execute(() -> {
                busy.countDown();
                awaitBytes(first.get()); // the event loop reads nothing until the bytes are there
            });
            assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
            var second = one.result(REQUEST).toFuture(); // its connection is chosen, its request is not written
            hold.countDown();
            assertThat(owner(second.get(20, TimeUnit.SECONDS).first())).isEqualTo(2);
            assertThat(gateway.connections()).isGreaterThanOrEqualTo(2);
        } finally {
            client.close();
            loops.disposeLater().block(PATIENCE);
        }
    }

    /** What one side wrote has not arrived at the other yet, so it is this side that is asked. */
    private static void awaitBytes(Channel channel) {
        try {
            if (channel instanceof AbstractNioChannel) {
                awaitBytesInJava(channel);
            } else {
                awaitBytesOnLinux(((InetSocketAddress) channel.localAddress()).getPort());
            }
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitBytesInJava(Channel channel) throws IOException, ReflectiveOperationException {
        try (var selector = Selector.open()) {
            var javaChannel = AbstractNioChannel.class.getDeclaredMethod("javaChannel");
            javaChannel.setAccessible(true);
            ((SelectableChannel) javaChannel.invoke(channel)).register(selector, SelectionKey.OP_READ);
            var arrived = 0;
            while (arrived == 0) { // an event loop must not block, but it may be busy
                arrived = selector.selectNow();
            }
        }
    }

    /** Where the transport is native: the kernel's own table says how much there is to be read. */
    private static void awaitBytesOnLinux(int port) throws IOException {
        var waiting = Pattern.compile(
                "(?m)^ *\\d+: [0-9A-F]+:%04X [0-9A-F]+:[0-9A-F]+ .. [0-9A-F]{8}:(?!00000000)".formatted(port));
        var arrived = false;
        while (!arrived) {
            for (var table : List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"))) {
                arrived |= Files.exists(table)
                        && waiting.matcher(Files.readString(table)).find();
            }
        }
    }

    /** As many connections as calls lie in the pool, and each hangs up in the moment in which it is chosen again. */
    private ImageClient hangingUpLate(RawGateway gateway, int calls, AtomicInteger hungUp) throws InterruptedException {
        var used = ConcurrentHashMap.<Channel>newKeySet();
        var pooled = new CountDownLatch(calls);
        var there = client.baseUrl(gateway.url())
                .customize(http -> http.observe((connection, state) -> {
                            if (state == ConnectionObserver.State.RELEASED) {
                                pooled.countDown();
                            }
                        })
                        .doOnRequest((request, connection) -> {
                            if (!used.add(connection.channel())) {
                                hungUp.incrementAndGet();
                                connection.channel().close();
                            }
                        }));
        Flux.range(0, calls).flatMap(i -> there.result(REQUEST), calls).blockLast(PATIENCE);
        assertThat(pooled.await(60, TimeUnit.SECONDS)).isTrue();
        return there;
    }

    private RawGateway answeringTogether(int calls) throws IOException {
        var all = new CountDownLatch(calls);
        return new RawGateway((request, socket) -> {
            all.countDown();
            all.await(); // so that each has a connection of its own
            RawGateway.say(socket, answer(request));
        });
    }

    @Test
    void threeConnectionsThatHangUpWhenTheyAreChosenCostNoCall() throws Exception {
        var hungUp = new AtomicInteger();
        try (var gateway = answeringTogether(3)) {
            var there = hangingUpLate(gateway, 3, hungUp);
            assertThat(generated(there)).isEqualTo(4);
            assertThat(hungUp).hasValue(3);
        }
    }

    @Test
    void aFourthEndsTheCallWhichWasNotSent() throws Exception {
        var hungUp = new AtomicInteger();
        try (var gateway = answeringTogether(5)) {
            var there = hangingUpLate(gateway, 5, hungUp);
            StepVerifier.create(settled(there.result(REQUEST)))
                    .verifyErrorSatisfies(failure -> assertThat(failure).isInstanceOf(UnavailableException.class));
            assertThat(hungUp).hasValue(4);
            assertThat(gateway.requests()).hasSize(5);
        }
    }

    @Test
    void aConnectionThatHungUpInThePoolCostsNoCall() throws Exception {
        try (var gateway = new RawGateway((request, socket) -> {
            RawGateway.say(socket, answer(request));
            if (request.number() == 1) {
                socket.close();
                said.countDown();
            }
        })) {
            assertThatEachGetsItsOwn(client.baseUrl(gateway.url()));
            assertThat(gateway.requests()).hasSize(3);
        }
    }

    @Test
    void aBodyBehindAnAnswerThatHasNoneAnswersNobody() throws Exception {
        for (String status : new String[] {"204 No Content", "304 Not Modified"}) {
            var body = RawGateway.ok(RawGateway.document(SOMEBODY_ELSE));
            try (var gateway = new RawGateway((request, socket) -> RawGateway.say(
                    socket,
                    request.number() == 1
                            ? "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body
                            : answer(request)))) {
                var there = client.baseUrl(gateway.url());
                assertThat(there.result(REQUEST).materialize().block(PATIENCE).isOnError())
                        .isTrue();
                assertThat(generated(there)).isEqualTo(2);
                assertThat(gateway.connections()).isGreaterThanOrEqualTo(2);
            }
        }
    }

    @Test
    void anAnswerThatSaysNoMoreThanItAnnouncedLeavesItsConnectionToTheNextCall() throws Exception {
        try (var gateway = new RawGateway((request, socket) -> RawGateway.say(socket, answer(request)))) {
            var there = client.baseUrl(gateway.url());
            for (int i = 1; i <= 30; i++) {
                assertThat(generated(there)).isEqualTo(i);
            }
            assertThat(gateway.connections()).isLessThan(MOST);
        }
    }

    @Test
    void aChunkedAnswerCutAnywhereLeavesItsConnectionToTheNextCall() throws Exception {
        var document = RawGateway.document(7);
        var chunked = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(document.length()) + "\r\n" + document + "\r\n0\r\nX-Trailer: a\r\n\r\n";
        try (var gateway = new RawGateway((request, socket) -> {
            socket.setTcpNoDelay(true);
            var cut = chunked.length() - request.number();
            RawGateway.say(socket, chunked.substring(0, cut));
            TimeUnit.MILLISECONDS.sleep(3);
            RawGateway.say(socket, chunked.substring(cut));
        })) {
            var there = client.baseUrl(gateway.url());
            for (int i = 1; i <= 30; i++) {
                assertThat(generated(there)).isEqualTo(7);
            }
            assertThat(gateway.connections()).isLessThan(MOST);
        }
    }
}
