package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import dev.darkroom.testsupport.Slow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.transport.ProxyProvider.Proxy;

/** Proxies as companies run them, who want to know who comes: Squid for HTTP, Dante for SOCKS. */
@Slow
class RealProxiesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");
    private static final String USER = "painter";
    private static final String PASSWORD = "sesame-8142";

    /** Of that password, as {@code openssl passwd} makes them. */
    private static final String APR1 = "$apr1$darkroom$nIZoMw8pOSCqm8a1NrRV20";

    private static final String SHA512 =
            "$6$darkroom$ezQDnRxR3p1mmPP4GXRLVvSnbv9qY8IfryCgAvlEQxfUw5hM" + "wkKM6ym3UnW3T5Wm1Fsvnb9vCol81ohuXlXT4/";

    private static final String KNOWS_USERS = "/usr/lib/squid/basic_ncsa_auth";

    @TempDir
    private Path scratch;

    private final ImageClient client = ImageClient.openRouter("sk-test").rateLimits(r -> r.maxWait(PATIENCE));

    @AfterEach
    void stop() {
        client.close();
    }

    private enum Kind {
        SQUID(Proxy.HTTP) {
            @Override
            Program start(Path folder) throws Exception {
                Program.require("squid", "tests of proxies");
                if (!Files.exists(Path.of(KNOWS_USERS))) {
                    Program.skip("tests of Squid need " + KNOWS_USERS);
                }
                var port = Program.freePort();
                Files.writeString(folder.resolve("users"), USER + ":" + APR1 + "\n");
                Files.writeString(
                        folder.resolve("squid.conf"), """
                        http_port 127.0.0.1:%d
                        auth_param basic program %s %s
                        auth_param basic children 1 startup=1
                        acl known proxy_auth REQUIRED
                        http_access allow known
                        http_access deny all
                        cache deny all
                        cache_log /dev/null
                        access_log none
                        netdb_filename none
                        pinger_enable off
                        shutdown_lifetime 0 seconds
                        coredump_dir none
                        pid_filename none
                        max_filedescriptors 1024
                        """.formatted(port, KNOWS_USERS, folder.resolve("users")));
                return Program.start(
                        folder,
                        port,
                        "/usr/sbin/squid",
                        "-N",
                        "-f",
                        folder.resolve("squid.conf").toString());
            }
        },
        DANTE(Proxy.SOCKS5) {
            /** It asks the machine for its users, so it is shown others than the machine has, in a namespace of its own. */
            @Override
            Program start(Path folder) throws Exception {
                Program.require("danted", "tests of proxies");
                if (!Program.succeeds("unshare", "--mount", "true")) {
                    Program.skip("tests of Dante need a mount namespace, for users of its own");
                }
                var port = Program.freePort();
                Files.writeString(
                        folder.resolve("passwd"),
                        Files.readString(Path.of("/etc/passwd")) + USER + ":x:12345:12345::/:/bin/false\n");
                Files.writeString(
                        folder.resolve("shadow"),
                        Files.readString(Path.of("/etc/shadow")) + USER + ":" + SHA512 + ":19000:0:99999:7:::\n");
                Files.writeString(folder.resolve("danted.conf"), """
                        logoutput: stderr
                        internal: 127.0.0.1 port = %d
                        external: lo
                        socksmethod: username
                        clientmethod: none
                        user.privileged: root
                        user.unprivileged: nobody
                        client pass { from: 127.0.0.1/32 to: 0.0.0.0/0 }
                        socks block { from: 127.0.0.1/32 to: 127.0.0.1/32 port = 9 }
                        socks pass { from: 127.0.0.1/32 to: 0.0.0.0/0 }
                        """.formatted(port));
                return Program.start(
                        folder,
                        port,
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount --bind passwd /etc/passwd && mount --bind shadow /etc/shadow && exec danted -f danted.conf");
            }
        };

        private final Proxy type;

        Kind(Proxy type) {
            this.type = type;
        }

        abstract Program start(Path folder) throws Exception;
    }

    private ImageClient through(Kind kind, Program proxy, @Nullable String password) {
        return client.customize(http -> http.proxy(spec -> {
            var proxied = spec.type(kind.type).host("127.0.0.1").port(proxy.port());
            if (password != null) {
                proxied.username(USER).password(user -> password);
            }
        }));
    }

    @ParameterizedTest
    @EnumSource
    void whoIsKnownIsLetThrough(Kind kind) throws Exception {
        try (var proxy = kind.start(Program.folder(scratch));
                var plain = new RawGateway(
                        (request, socket) -> RawGateway.say(socket, RawGateway.ok(RawGateway.document(1))));
                var secure = new Http2Gateway(Http2Gateway.Request::answer)) {
            var there = through(kind, proxy, PASSWORD);
            assertThat(there.baseUrl(plain.url())
                            .result(REQUEST)
                            .block(PATIENCE)
                            .images())
                    .hasSize(1);
            assertThat(plain.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.head()).doesNotContainIgnoringCase("proxy-"));
            var overTls = there.customize(Http2Gateway::trusting)
                    .connections(c -> c.http2(true))
                    .baseUrl(secure.url());
            for (int i = 0; i < 3; i++) {
                assertThat(overTls.result(REQUEST).block(PATIENCE).images()).hasSize(1);
            }
            assertThat(secure.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsNotIsRefusedForGoodAndNothingIsSent(Kind kind) throws Exception {
        try (var proxy = kind.start(Program.folder(scratch));
                var gateway = new RawGateway((request, socket) -> RawGateway.say(socket, RawGateway.ok("{}")))) {
            var wrong = PASSWORD + "-not";
            assertRefused(
                    through(kind, proxy, wrong).baseUrl(gateway.url()),
                    "proxy at 127.0.0.1:" + proxy.port() + " does not take the credentials it was given");
            assertRefused(
                    through(kind, proxy, null).baseUrl(gateway.url()),
                    "proxy at 127.0.0.1:" + proxy.port() + " asks for credentials");
            assertThat(gateway.connections()).isZero();
        }
    }

    private static void assertRefused(ImageClient images, String words) {
        var failure = images.result(REQUEST).materialize().block(PATIENCE).getThrowable();
        assertThat(failure).isInstanceOf(RejectedException.class).hasMessageContaining(words);
        assertThat(((RejectedException) failure).reason()).isEqualTo(RejectedException.Reason.CREDENTIALS);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(PASSWORD, USER);
        }
    }

    @Test
    void whatDantesRulesForbidIsNotAskedForAgain() throws Exception {
        try (var proxy = Kind.DANTE.start(Program.folder(scratch))) {
            var failure = through(Kind.DANTE, proxy, PASSWORD)
                    .baseUrl("http://127.0.0.1:9")
                    .result(REQUEST)
                    .materialize()
                    .block(PATIENCE)
                    .getThrowable();
            assertThat(failure).isInstanceOf(RejectedException.class).hasMessageContaining("refuses to open a tunnel");
        }
    }
}
