package dev.darkroom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads whole requests, of as many connections as come, and writes to each what a test wants, byte by byte if it likes. */
final class PostServer implements AutoCloseable {

    /** What to write; after it the connection is closed. */
    @FunctionalInterface
    interface Answer {
        void to(Request request, OutputStream out) throws IOException, InterruptedException;
    }

    /** What came: the first line, and the head with names in lower case. */
    record Request(String line, String head) {

        String header(String name) {
            for (var field : head.split("\r\n")) {
                if (field.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
                    return field.substring(name.length() + 1).strip();
                }
            }
            return "";
        }
    }

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();

    PostServer(Answer answer) throws IOException {
        daemon(() -> {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    sockets.add(socket);
                    daemon(() -> serve(socket, answer));
                } catch (IOException e) {
                    // the test is over
                }
            }
        });
    }

    static void write(OutputStream out, String what) throws IOException {
        out.write(what.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    static String whole(int status, String headers, String body) {
        return "HTTP/1.1 " + status + " So\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n" + headers + "\r\n" + body;
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket, Answer answer) {
        try (socket) {
            var request = read(socket.getInputStream());
            requests.add(request);
            answer.to(request, socket.getOutputStream());
        } catch (IOException e) {
            // the client has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("gone");
            }
            head.write(next);
        }
        var text = head.toString(StandardCharsets.ISO_8859_1);
        var request = new Request(text.substring(0, text.indexOf("\r\n")), text);
        var length = request.header("content-length");
        in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
        return request;
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** In the order in which they came. */
    List<Request> requests() {
        return requests;
    }

    long posts() {
        return requests.stream()
                .filter(request -> request.line().startsWith("POST"))
                .count();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
