package dev.darkroom;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A proxy which answers every CONNECT with a tunnel to one port, whatever was asked for. */
final class ConnectProxy implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final int target;

    ConnectProxy(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    Queue<String> asked() {
        return asked;
    }

    private void accept() throws IOException {
        while (true) {
            var client = server.accept();
            asked.add(head(client.getInputStream()));
            var gateway = new Socket(InetAddress.getLoopbackAddress(), target);
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            start(() -> client.getInputStream().transferTo(gateway.getOutputStream()));
            start(() -> gateway.getInputStream().transferTo(client.getOutputStream()));
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // closed, as all tunnels are in the end
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
