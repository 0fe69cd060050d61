package dev.darkroom.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An nginx of this machine on a free port of the loopback interface, which answers each request with one file: a server that
 * everybody has, in one process and hence on one processor.
 */
public final class NginxProcess implements AutoCloseable {

    private static final List<Path> PLACES =
            List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/bin/nginx"), Path.of("/usr/local/bin/nginx"));

    private final Path folder;
    private final int port;
    private final Process process;

    private NginxProcess(Path program, byte[] stream) throws IOException, InterruptedException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        folder = Files.createTempDirectory("nginx");
        Files.write(folder.resolve("stream"), stream);
        Files.writeString(folder.resolve("nginx.conf"), """
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
                  sendfile on;
                  tcp_nopush on;
                  keepalive_requests 1000000;
                  types {}
                  default_type text/event-stream;
                  server {
                    listen 127.0.0.1:%d;
                    root %s;
                    location / { error_page 404 405 =200 /stream; }
                  }
                }
                """.formatted(port, folder));
        process = new ProcessBuilder(program.toString(), "-p", folder.toString(), "-e", "stderr", "-c", "nginx.conf")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (process.isAlive() && !listens()) {
            Thread.sleep(20);
        }
        if (!process.isAlive()) {
            close();
            throw new IOException("nginx ended with " + process.exitValue());
        }
    }

    /**
     * Starts one, if this machine has it.
     *
     * @param stream what it answers to every POST, as Server-Sent Events
     */
    public static Optional<NginxProcess> answering(byte[] stream) throws IOException, InterruptedException {
        var program = PLACES.stream().filter(Files::isExecutable).findFirst();
        return program.isEmpty() ? Optional.empty() : Optional.of(new NginxProcess(program.get(), stream));
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Where it is. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
