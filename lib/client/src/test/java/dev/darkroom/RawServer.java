package dev.darkroom;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Says the same bytes to everybody who comes and has asked something, and hangs up. */
final class RawServer implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

    private final AtomicInteger connections = new AtomicInteger();

    private final CountDownLatch hungUp = new CountDownLatch(1);

    RawServer(String answer) throws IOException {
        this(answer, false);
    }

    /** Does not hang up, but waits until the other side does. */
    static RawServer holding(String answer) throws IOException {
        return new RawServer(answer, true);
    }

    private RawServer(String answer, boolean hold) throws IOException {
        var thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (var socket = server.accept()) {
                    connections.incrementAndGet();
                    socket.getInputStream().read(new byte[10_000]);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    if (hold) {
                        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                        hungUp.countDown();
                    }
                } catch (IOException e) {
                    // the client has gone, or the test is over
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    boolean awaitHangUp(Duration patience) throws InterruptedException {
        return hungUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
