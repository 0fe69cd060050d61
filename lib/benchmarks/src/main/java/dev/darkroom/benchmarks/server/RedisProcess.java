package dev.darkroom.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A redis-server of this machine on a free port of the loopback interface, which keeps nothing. */
public final class RedisProcess implements AutoCloseable {

    private final int port;
    private Process process;

    /** Starts one. */
    public RedisProcess() throws IOException, InterruptedException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        process = start();
    }

    private Process start() throws IOException, InterruptedException {
        var started = new ProcessBuilder(List.of(
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
                        "warning"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (!said("PING").startsWith("+")) {
            Thread.sleep(20);
        }
        return started;
    }

    /** What it answers to a command: the first line of one that has few words. */
    public String said(String command) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            var answer = new byte[4096];
            var length = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }

    /** Killed, and started again empty after a while. */
    public void restart(long millis) throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        Thread.sleep(millis);
        process = start();
    }

    /** Where it is. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
