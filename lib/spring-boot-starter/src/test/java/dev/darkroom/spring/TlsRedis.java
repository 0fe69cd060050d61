package dev.darkroom.spring;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A redis-server that speaks TLS alone, with a certificate that nobody but its own folder knows. Tests without one are skipped. */
final class TlsRedis implements AutoCloseable {

    private final int port;
    private final Path certificate;
    private final Process process;

    private TlsRedis(int port, Path certificate, Process process) {
        this.port = port;
        this.certificate = certificate;
        this.process = process;
    }

    static TlsRedis startedIn(Path folder) throws IOException, InterruptedException {
        var certificate = folder.resolve("certificate.pem");
        var key = folder.resolve("key.pem");
        var made = run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=redis",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()));
        if (!made.waitFor(1, TimeUnit.MINUTES) || made.exitValue() != 0) {
            skip("openssl made no certificate");
        }
        var port = freePort();
        var server = new TlsRedis(
                port,
                certificate,
                run(List.of(
                        "redis-server",
                        "--port",
                        "0",
                        "--tls-port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--tls-cert-file",
                        certificate.toString(),
                        "--tls-key-file",
                        key.toString(),
                        "--tls-ca-cert-file",
                        certificate.toString(),
                        "--tls-auth-clients",
                        "no",
                        "--save",
                        "",
                        "--appendonly",
                        "no")));
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!server.listens()) {
            if (!server.process.isAlive() || System.nanoTime() > end) {
                server.close();
                skip("redis-server cannot speak TLS");
            }
            LockSupport.parkNanos(2_000_000);
        }
        return server;
    }

    private static Process run(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            skip("there is no " + command.get(0));
            throw new UncheckedIOException(e);
        }
    }

    private static void skip(String why) {
        System.out.println("SKIPPED: tests of a Redis behind TLS; " + why);
        abort(why);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** Whom to trust. */
    Path certificate() {
        return certificate;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
