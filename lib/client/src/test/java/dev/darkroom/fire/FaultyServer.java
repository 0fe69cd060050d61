package dev.darkroom.fire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers each request as its path says it shall be answered, and counts them by path. Several ports, so that a hundred
 * thousand short connections find a number each.
 */
final class FaultyServer implements AutoCloseable {

    private static final int PORTS = 8;

    /** What to say to the first request of a path, the second, and so on; the last one again and again. */
    private final Map<String, List<Plan>> plans = new ConcurrentHashMap<>();

    private final Map<String, AtomicInteger> posts = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger paths = new AtomicInteger();
    private final List<ServerSocket> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "faulty-server");
        thread.setDaemon(true);
        return thread;
    });

    FaultyServer() throws IOException {
        for (int i = 0; i < PORTS; i++) {
            var server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
            servers.add(server);
            threads.execute(() -> accept(server));
        }
    }

    /** A base URL of its own for a call which shall be answered so. */
    String expect(List<Plan> answers) {
        var number = paths.incrementAndGet();
        var path = "/" + number;
        plans.put(path, answers);
        posts.put(path, new AtomicInteger());
        return "http://127.0.0.1:" + servers.get(number % PORTS).getLocalPort() + path;
    }

    /** How many requests came to a base URL so far. */
    int seen(String baseUrl) {
        return posts.get(path(baseUrl)).get();
    }

    private static String path(String baseUrl) {
        return baseUrl.substring(baseUrl.lastIndexOf('/'));
    }

    /** How many requests came to a base URL; nothing more is expected there. */
    int requests(String baseUrl) {
        var path = path(baseUrl);
        plans.remove(path);
        return posts.remove(path).get();
    }

    /** Connections which no side has closed. */
    int open() {
        return open.get();
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                open.incrementAndGet();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // the test is over
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            var more = true;
            while (more) {
                var path = path(in);
                more = path != null && answer(socket, in, path);
            }
        } catch (IOException e) {
            // the client has left, which some calls do
        } finally {
            open.decrementAndGet();
        }
    }

    /** Whether the connection goes on. */
    private boolean answer(Socket socket, InputStream in, String path) throws IOException {
        var answers = plans.get(path);
        var counter = posts.get(path);
        if (answers == null || counter == null) {
            return false; // its call is over
        }
        var plan = answers.get(Math.min(counter.getAndIncrement(), answers.size() - 1));
        if (plan.end() == Plan.End.RESET) {
            socket.setSoLinger(true, 0);
        }
        socket.getOutputStream().write(plan.bytes());
        socket.getOutputStream().flush();
        if (plan.end() == Plan.End.STALL) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return plan.end() == Plan.End.KEEP;
    }

    /** Reads a request to its end; null if there is none. */
    private static String path(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        var ends = 0; // line ends in a row, a line end being CR LF
        while (ends < 4) {
            var next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
            ends = next == "\r\n\r\n".charAt(ends) ? ends + 1 : next == '\r' ? 1 : 0;
        }
        var text = head.toString(StandardCharsets.ISO_8859_1);
        in.skipNBytes(length(text.toLowerCase(Locale.ROOT)));
        var target = text.split(" ", 3)[1];
        return target.substring(0, target.indexOf('/', 1));
    }

    private static int length(String head) {
        var name = "content-length: ";
        var at = head.indexOf(name);
        return at < 0 ? 0 : Integer.parseInt(head.substring(at + name.length(), head.indexOf('\r', at)));
    }

    @Override
    public void close() throws IOException {
        for (var server : servers) {
            server.close();
        }
        threads.shutdownNow();
    }
}
