package dev.darkroom.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Browsers which are deliberately slow: each asks for eight pictures, reads not a byte of its stream of notices, and reads a
 * preview a kilobyte at a time.
 */
final class SlowReaders implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final int PROMPTS = 8;

    private final int port;
    private final List<Socket> sockets = new ArrayList<>();

    SlowReaders(int port) {
        this.port = port;
    }

    void add() throws IOException {
        var opened = ID.matcher(ask("POST /darkroom/previews", "Darkroom-Preview: new\r\n", ""));
        opened.find();
        var page = "/darkroom/previews/" + opened.group(1);
        var stalled = socket();
        send(stalled, "GET " + page, "", "");
        stalled.getInputStream().read(); // its head, so that the server knows of it; then never again
        for (int i = 0; i < PROMPTS; i++) {
            var order = "{\"prompt\":\"slow " + i + "\",\"model\":\"openai/gpt-image-1-mini\"}";
            var form = "--b\r\nContent-Disposition: form-data; name=\"order\"; filename=\"o\"\r\n"
                    + "Content-Type: application/json\r\n\r\n" + order + "\r\n--b--\r\n";
            ask(
                    "POST /api/generations",
                    "Darkroom-Preview: " + opened.group(1) + "\r\nContent-Type: multipart/form-data; boundary=b\r\n",
                    form);
        }
        var thread = new Thread(() -> sip(page + "/1/0/1"), "slow reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void sip(String picture) {
        try {
            Thread.sleep(Gateway.PAUSE_MILLIS * 2);
            var socket = socket();
            send(socket, "GET " + picture, "", "");
            InputStream in = socket.getInputStream();
            for (int read = 0; read >= 0; read = in.read(new byte[1024])) {
                Thread.sleep(200);
            }
        } catch (IOException | InterruptedException over) {
            // it was slow to the end
        }
    }

    private Socket socket() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(2048);
        socket.connect(new InetSocketAddress("localhost", port));
        synchronized (sockets) {
            sockets.add(socket);
        }
        return socket;
    }

    private String ask(String request, String headers, String body) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            send(socket, request, headers + "Connection: close\r\n", body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void send(Socket socket, String request, String headers, String body) throws IOException {
        var text = request + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        synchronized (sockets) {
            for (var socket : sockets) {
                try {
                    socket.close();
                } catch (IOException alreadyClosed) {
                    // nothing more to do
                }
            }
        }
    }
}
