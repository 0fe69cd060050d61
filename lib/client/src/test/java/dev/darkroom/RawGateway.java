package dev.darkroom;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A gateway made of raw sockets: reads requests whole, and the test says what comes back, and when. */
final class RawGateway implements AutoCloseable {

    /** What was asked, counted from 1. */
    record Request(int number, int connection, String head) {}

    /** Answers one request, on a thread of its connection. */
    @FunctionalInterface
    interface Script {
        void answer(Request request, Socket socket) throws Exception;
    }

    private final ServerSocket server;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    RawGateway(Script script) throws IOException {
        this(ServerSocketFactory.getDefault(), script);
    }

    RawGateway(ServerSocketFactory sockets, Script script) throws IOException {
        this.server = sockets.createServerSocket(0, 500, InetAddress.getLoopbackAddress());
        this.script = script;
        start("raw-gateway", () -> {
            while (true) {
                var socket = server.accept();
                start("raw-connection", () -> serve(socket, connections.incrementAndGet()));
            }
        });
    }

    private void serve(Socket socket, int connection) throws Exception {
        open.add(socket);
        socket.setTcpNoDelay(true); // what was said has been sent
        try (socket) {
            var in = socket.getInputStream();
            for (var head = head(in); head != null; head = head(in)) {
                in.readNBytes(length(head));
                var request = new Request(numbers.incrementAndGet(), connection, head);
                requests.add(request);
                script.answer(request, socket);
            }
        } finally {
            open.remove(socket);
        }
    }

    /** The head of the next request; null if there is none. */
    static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    static int length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    /** A PNG as far as anybody looks, which says whose it is. */
    static byte[] picture(int owner) {
        return new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', (byte) owner};
    }

    static String document(int owner) {
        return "{\"data\":[{\"b64_json\":\"" + Base64.getEncoder().encodeToString(picture(owner)) + "\"}]}";
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Ends it with a reset instead of an orderly end. */
    static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    int connections() {
        return connections.get();
    }

    interface Work {
        void run() throws Exception;
    }

    static void start(String name, Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception e) {
                        // the other side has gone, or the test is over
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
