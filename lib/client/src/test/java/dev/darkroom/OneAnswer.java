package dev.darkroom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Says the same bytes to everybody who has asked something, and then ends as it is told to: closes, resets or stays. */
final class OneAnswer implements AutoCloseable {

    enum Ending {
        CLOSE,
        RESET,
        STAY
    }

    private final ServerSocket server;
    private final AtomicInteger asked = new AtomicInteger();

    /** What to say and how to end go together: a connection that has answered stays as it was told, whatever is said next. */
    private volatile Said next = new Said("", Ending.CLOSE);

    private record Said(String answer, Ending ending) {}

    OneAnswer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                var socket = server.accept();
                start(() -> serve(socket));
            }
        });
    }

    private interface Talk {
        void run() throws IOException;
    }

    private static void start(Talk talk) {
        var thread = new Thread(
                () -> {
                    try {
                        talk.run();
                    } catch (IOException e) {
                        // the client has gone, or the test is over
                    }
                },
                "one-answer");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            socket.setTcpNoDelay(true);
            Said said;
            do {
                read(socket.getInputStream());
                asked.incrementAndGet();
                said = next;
                socket.getOutputStream().write(said.answer.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } while (said.ending == Ending.STAY);
            if (said.ending == Ending.RESET) {
                socket.setSoLinger(true, 0);
            } else {
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            }
        }
    }

    private static void read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        var length = head.toString()
                .lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        in.readNBytes(length);
    }

    /** A status line and headers, one a line, and a body. */
    OneAnswer says(String head, byte[] body, Ending end) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(
                ("HTTP/1.1 " + head.strip().replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body);
        next = new Said(out.toString(StandardCharsets.ISO_8859_1), end);
        return this;
    }

    /** With its length. */
    OneAnswer says(String head, byte[] body) {
        return says(head + "\nContent-Length: " + body.length, body, Ending.STAY);
    }

    int asked() {
        return asked.get();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
