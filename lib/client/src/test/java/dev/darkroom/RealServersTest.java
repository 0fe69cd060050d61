package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.testsupport.Slow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

/** HTTP/2 with servers as gateways have them before theirs: few streams at a time, few requests a connection, restarts. */
@Slow
class RealServersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");

    /** At a time, on one connection. */
    private static final int STREAMS = 4;

    /** After which nginx sends a GOAWAY. */
    private static final int REQUESTS_OF_A_CONNECTION = 5;

    @TempDir
    private Path scratch;

    /** What is not taken is not tried again later: the server's refusals are all made good at once. */
    private final ImageClient client =
            ImageClient.openRouter("sk-test").customize(Http2Gateway::trusting).connections(c -> c.http2(true));

    @AfterEach
    void stop() {
        client.close();
    }

    private enum Kind {
        NGINX {
            @Override
            Program start(Path folder, int target) throws Exception {
                Program.require("nginx", "tests of HTTP/2");
                var port = Program.freePort();
                Files.writeString(
                        folder.resolve("nginx.conf"), """
                        daemon off;
                        master_process off;
                        pid nginx.pid;
                        error_log stderr;
                        events { worker_connections 512; }
                        http {
                          access_log off;
                          client_body_temp_path body;
                          proxy_temp_path proxy;
                          fastcgi_temp_path fastcgi;
                          uwsgi_temp_path uwsgi;
                          scgi_temp_path scgi;
                          server {
                            listen 127.0.0.1:%d ssl http2;
                            ssl_certificate certificate.pem;
                            ssl_certificate_key key.pem;
                            http2_max_concurrent_streams %d;
                            keepalive_requests %d;
                            location / {
                              proxy_pass http://127.0.0.1:%d;
                              proxy_http_version 1.1;
                              proxy_buffering off;
                              proxy_request_buffering off;
                              proxy_set_header X-Protocol $server_protocol;
                            }
                          }
                        }
                        """.formatted(port, STREAMS, REQUESTS_OF_A_CONNECTION, target));
                return Program.start(
                        folder, port, "/usr/sbin/nginx", "-p", folder.toString(), "-e", "stderr", "-c", "nginx.conf");
            }
        },
        HAPROXY {
            @Override
            Program start(Path folder, int target) throws Exception {
                Program.require("haproxy", "tests of HTTP/2");
                var port = Program.freePort();
                Files.writeString(folder.resolve("haproxy.cfg"), """
                        global
                          maxconn 512
                          tune.h2.max-concurrent-streams %d
                        defaults
                          mode http
                          option abortonclose
                          timeout connect 60s
                          timeout client 60s
                          timeout server 60s
                        frontend gateway
                          bind 127.0.0.1:%d ssl crt both.pem alpn h2,http/1.1
                          http-request set-header X-Protocol HTTP/%%[req.ver]
                          default_backend target
                        backend target
                          server target 127.0.0.1:%d
                        """.formatted(STREAMS, port, target));
                return Program.start(folder, port, "/usr/sbin/haproxy", "-db", "-f", "haproxy.cfg");
            }
        };

        abstract Program start(Path folder, int target) throws Exception;
    }

    private Program started(Kind kind, RawGateway target) throws Exception {
        var folder = Program.folder(scratch);
        var certificate = Http2Gateway.trusted();
        Files.writeString(folder.resolve("certificate.pem"), certificate.getCertificatePEM());
        Files.writeString(folder.resolve("key.pem"), certificate.getPrivateKeyPEM());
        Files.writeString(
                folder.resolve("both.pem"), certificate.getCertificatePEM() + "\n" + certificate.getPrivateKeyPEM());
        return kind.start(folder, target.port());
    }

    private ImageClient at(Program server) {
        return client.baseUrl("https://localhost:" + server.port());
    }

    private static RawGateway answering() throws Exception {
        return new RawGateway(
                (request, socket) -> RawGateway.say(socket, RawGateway.ok(RawGateway.document(request.number()))));
    }

    @ParameterizedTest
    @EnumSource
    void http2IsSpokenAndNoRequestIsLostOrSentTwice(Kind kind) throws Exception {
        try (var target = answering();
                var server = started(kind, target)) {
            var there = at(server);
            var requests = 60;
            var results = Flux.range(0, requests)
                    .flatMap(i -> there.result(REQUEST), 24)
                    .map(ImageResult::images)
                    .collectList()
                    .block(PATIENCE);
            assertThat(results)
                    .hasSize(requests)
                    .allSatisfy(images -> assertThat(images).hasSize(1));
            assertThat(target.requests())
                    .hasSize(requests)
                    .allSatisfy(request -> assertThat(request.head()).containsPattern("(?i)x-protocol: HTTP/2"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCancelReachesTheGatewayBehindAndLeavesTheOthersAlone(Kind kind) throws Exception {
        var asked = new CountDownLatch(2);
        var gone = new CountDownLatch(1);
        try (var target = new RawGateway((request, socket) -> {
                    asked.countDown();
                    if (request.head().contains("stays")) {
                        gone.await();
                        RawGateway.say(socket, RawGateway.ok(RawGateway.document(7)));
                    } else if (hangsUp(socket)) {
                        gone.countDown();
                    }
                });
                var server = started(kind, target)) {
            var stays = at(server).header("X-Name", "stays").result(REQUEST).toFuture();
            var cancelled = at(server).result(REQUEST).subscribe(done -> {}, failure -> {});
            assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
            cancelled.dispose();
            assertThat(gone.await(1, TimeUnit.MINUTES)).as("the proxy hung up").isTrue();
            assertThat(stays.get(1, TimeUnit.MINUTES).images()).hasSize(1);
        }
    }

    private static boolean hangsUp(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) { // a reset, as HAProxy does it
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAServerHadTakenWhenItDiedIsUnknown(Kind kind) throws Exception {
        var asked = new CountDownLatch(1);
        try (var target = new RawGateway((request, socket) -> asked.countDown());
                var server = started(kind, target)) {
            var lost = at(server).result(REQUEST).materialize().toFuture();
            assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
            server.kill();
            assertThat(lost.get(1, TimeUnit.MINUTES).getThrowable()).isInstanceOf(OutcomeUnknownException.class);
            assertThat(target.requests()).hasSize(1);
        }
    }

    @Test
    void whatHaproxyHadTakenWhenItWasStoppedIsAnsweredToItsEnd() throws Exception {
        var asked = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        try (var target = new RawGateway((request, socket) -> {
                    asked.countDown();
                    stopped.await();
                    RawGateway.say(socket, RawGateway.ok(RawGateway.document(1)));
                });
                var server = started(Kind.HAPROXY, target)) {
            var taken = at(server).result(REQUEST).toFuture();
            assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
            server.signal("USR1");
            awaitNobodyListens(server.port());
            stopped.countDown();
            assertThat(taken.get(1, TimeUnit.MINUTES).images()).hasSize(1);
            assertThat(target.requests()).hasSize(1);
        }
    }

    private static void awaitNobodyListens(int port) {
        while (true) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
            } catch (IOException e) {
                return;
            }
        }
    }
}
