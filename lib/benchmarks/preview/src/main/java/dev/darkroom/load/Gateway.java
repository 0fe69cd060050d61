package dev.darkroom.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers every request for pictures with previews and a final picture, one each two seconds, as OpenRouter does. Draws
 * nothing, so that the processors are left to what is measured.
 */
final class Gateway {

    static final int PREVIEWS = 4;
    static final int PAUSE_MILLIS = 2000;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private final HttpServer server;
    private final byte[][] events = new byte[PREVIEWS + 1][];
    private final AtomicInteger asked = new AtomicInteger();

    Gateway(int bytes) throws IOException {
        for (int i = 0; i <= PREVIEWS; i++) {
            events[i] = event(i, image(i, bytes));
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "gateway");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    int asked() {
        return asked.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.sendResponseHeaders(404, -1); // it has no catalogue
            exchange.close();
            return;
        }
        asked.incrementAndGet();
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            for (var event : events) {
                Thread.sleep(PAUSE_MILLIS);
                body.write(event);
                body.flush();
            }
            body.write("data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException | InterruptedException clientIsGone) {
            exchange.close();
        }
    }

    private static byte[] image(int seed, int bytes) {
        var image = new byte[bytes];
        new Random(seed).nextBytes(image);
        System.arraycopy(PNG, 0, image, 0, PNG.length);
        return image;
    }

    private static byte[] event(int index, byte[] image) {
        var last = index == PREVIEWS;
        var type = last ? "image_generation.completed" : "image_generation.partial_image";
        var more = last
                ? "\"created\":1761112880,\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":272,\"total_tokens\":279,"
                        + "\"cost\":0.0112}"
                : "\"partial_image_index\":" + index;
        return ("data: {\"type\":\"" + type + "\",\"b64_json\":\""
                        + Base64.getEncoder().encodeToString(image) + "\"," + more + "}\n\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
