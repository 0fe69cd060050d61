package dev.darkroom.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real redis-server of this machine, on a free port of the loopback interface, which keeps nothing. Tests without one are skipped. */
final class RedisServer implements AutoCloseable {

    private final int port;
    private final List<String> more;
    private @Nullable Process process;

    private RedisServer(int port, String... more) {
        this.port = port;
        this.more = List.of(more);
    }

    /** One that runs. */
    static RedisServer started() {
        requireRedis();
        var server = new RedisServer(freePort());
        server.start();
        return server;
    }

    /** A cluster of one node, which keeps what it knows of itself in a folder. */
    static RedisServer cluster(Path folder) {
        requireRedis();
        var server = new RedisServer(
                freePort(),
                "--cluster-enabled",
                "yes",
                "--cluster-config-file",
                folder.resolve("nodes.conf").toString());
        server.start();
        server.say("CLUSTER ADDSLOTSRANGE 0 16383");
        await(
                "make a cluster, as it can from version 7 on",
                () -> server.say("CLUSTER INFO").contains("cluster_state:ok"));
        return server;
    }

    private static void requireRedis() {
        if (Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .noneMatch(folder -> new File(folder, "redis-server").canExecute())) {
            System.out.println("SKIPPED: tests of lib/redis need redis-server on the path");
            abort("no redis-server on the path");
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        try {
            var command = new ArrayList<>(List.of(
                    "redis-server",
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--loglevel",
                    "warning"));
            command.addAll(more);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("start", this::answers);
    }

    /** From now on it takes what it is sent, and answers nobody. */
    void pause() {
        signal("STOP");
    }

    /** Goes on, with all that came meanwhile. */
    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            assertThat(kill.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(kill.exitValue()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends as an error after half a minute: a spin hears no interrupt, so no limit of the test's would end it. */
    private static void await(String what, BooleanSupplier done) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("redis-server did not " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** Until so many instances listen: what is published before, they do not hear. */
    void awaitListeners(String channel, int count) {
        await(
                "have " + count + " listeners",
                () -> say("PUBSUB NUMSUB " + channel).endsWith(":" + count + "\r\n"));
    }

    private boolean answers() {
        return say("PING").startsWith("+");
    }

    /** What it answers, as far as it comes at once; nothing if it does not listen. */
    private String say(String command) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            var answer = new byte[4096];
            return new String(answer, 0, Math.max(0, socket.getInputStream().read(answer)), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }

    /** As with {@code kill -9}. */
    void kill() {
        var running = process;
        if (running != null) {
            running.destroyForcibly();
            try {
                running.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    int port() {
        return port;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        kill();
    }
}
