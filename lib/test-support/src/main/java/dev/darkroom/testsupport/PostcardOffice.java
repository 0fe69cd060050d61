package dev.darkroom.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The gateway of {@link PostcardJar}: fulfils every wish with one tiny picture, and remembers who sent it with which stamp. */
public final class PostcardOffice implements AutoCloseable {

    private static final String ANSWER = "data: {\"postcard\":\"iVBORw0KGgoBAgM=\"}\n\n";

    private final List<String> letters = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** Opens it on a free port of this machine. */
    public PostcardOffice() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/wishes", this::fulfil);
        server.start();
    }

    private void fulfil(HttpExchange exchange) throws IOException {
        try (exchange) {
            var wish = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            letters.add(wish + " from " + headers.getFirst("X-Sender") + " for " + headers.getFirst("X-Stamp"));
            var answer = ANSWER.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** Where it is. */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What came: {@code WISH from SENDER for CENTS}, in order. */
    public List<String> letters() {
        return List.copyOf(letters);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
