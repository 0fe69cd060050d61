package dev.darkroom;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.GarbageCollectionNotificationInfo;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * Answers that would eat up the memory of whoever keeps what a server sends, and a server that gives each under its name. {@link
 * BombsTest} throws them at a client with small limits, {@link BombsInASmallHeapTest} at one that has the default limits and a
 * small heap.
 */
final class Bombs implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

    /** A PNG as far as anybody looks. */
    private static final String SMALL = "iVBORw0KGgoBAgM=";

    private static final String LARGE = Base64.getEncoder().encodeToString(FileServer.picture(3 << 18));
    private static final String SSE = "text/event-stream";
    private static final String JSON = "application/json";
    private static final String GZIP = JSON + "\r\nContent-Encoding: gzip";
    private static final int MANY = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Writes a body, as long as somebody reads it. */
    @FunctionalInterface
    interface Body {
        void writeTo(Out out) throws IOException;
    }

    /**
     * A bomb.
     *
     * @param name of one word, a path
     * @param gateway a client of it at this address
     * @param type the content type
     * @param wither which the failure has to name; empty where it is no limit that ends it
     * @param images which have to be in the failure at least
     * @param body what is sent
     */
    record Bomb(String name, Function<String, ImageClient> gateway, String type, String wither, int images, Body body) {

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * What became of a call.
     *
     * @param failure null where it ended well
     */
    record Outcome(@Nullable Throwable failure) {

        boolean isTyped() {
            return failure == null || failure instanceof ImageException;
        }

        boolean names(String wither) {
            return wither.isEmpty()
                    || (failure instanceof OutcomeUnknownException unknown
                            && unknown.reason() == OutcomeUnknownException.Reason.TOO_LARGE
                            && unknown.getMessage().contains(wither));
        }

        int images() {
            return failure instanceof OutcomeUnknownException unknown
                    ? unknown.partialResult().images().size()
                    : 0;
        }

        @Override
        public String toString() {
            return failure == null ? "ended well" : failure.getMessage() + ", " + images() + " images in the failure";
        }
    }

    /** Text, quickly. */
    record Out(OutputStream stream) {

        Out say(String text) throws IOException {
            stream.write(text.getBytes(US_ASCII));
            return this;
        }

        Out repeat(String text, int times) throws IOException {
            var bytes = text.getBytes(US_ASCII);
            for (int i = 0; i < times; i++) {
                stream.write(bytes);
            }
            return this;
        }

        Out number(String before, int times, String after) throws IOException {
            for (int i = 0; i < times; i++) {
                say(before).say(Integer.toString(i)).say(after);
            }
            return this;
        }
    }

    /** A gigabyte of empty objects in a megabyte. */
    private static void zipped(Out out) throws IOException {
        var inside = new Out(new GZIPOutputStream(out.stream(), 1 << 16));
        inside.say("{\"data\":[").repeat("{},".repeat(10_000), 33_000);
        inside.stream().close();
    }

    private static ImageClient openAi(String url) {
        return ImageClient.openAi("sk-test").baseUrl(url);
    }

    private static ImageClient ark(String url) {
        return ImageClient.ark("sk-test").baseUrl(url);
    }

    private static Bomb document(String name, String wither, int images, Body data) {
        return new Bomb(name, Bombs::openAi, JSON, wither, images, out -> {
            out.say("{\"created\":1,\"data\":[");
            data.writeTo(out);
            out.say("{\"b64_json\":\"" + SMALL + "\"}]}");
        });
    }

    private static Bomb group(String name, String wither, int images, Body events) {
        return new Bomb(name, Bombs::ark, SSE, wither, images, events);
    }

    private static Bomb stream(String name, String wither, int images, Body events) {
        return new Bomb(name, Bombs::openAi, SSE, wither, images, events);
    }

    private static String event(String type, String members) {
        return "data: {\"type\":\"image_generation." + type + "\"," + members + "}\n\n";
    }

    /**
     * All of them.
     *
     * @param scale 1 for a heap of 128 MB; 8 for a limit of an eighth of its quarter, and an eighth of the default for text
     */
    static List<Bomb> all(int scale) {
        var finished = event("partial_succeeded", "\"b64_json\":\"" + SMALL + "\"");
        var large = "{\"b64_json\":\"" + LARGE + "\"},";
        return Stream.of(
                        document("5000-urls", "images", 256, out -> out.number("{\"url\":\"http://a/", 5_000, "\"},")),
                        document(
                                "250000-urls",
                                "limits(l -> l.",
                                0,
                                out -> out.number("{\"url\":\"http://a/", 250_000 / scale, "\"},")),
                        document(
                                "bare-urls", "limits(l -> l.", 0, out -> out.repeat("\"http://a/\",", 650_000 / scale)),
                        document(
                                "5000-small-images",
                                "images",
                                256,
                                out -> out.repeat("{\"b64_json\":\"" + SMALL + "\"},", 5_000)),
                        document(
                                "250000-small-images",
                                "limits(l -> l.",
                                0,
                                out -> out.repeat("{\"b64_json\":\"" + SMALL + "\"},", 250_000 / scale)),
                        document("large-images", "heapBytes", 1, out -> out.repeat(large, 1_000)),
                        document("twenty-images-of-16-megabytes", "heapBytes", scale == 1 ? 2 : 0, out -> {
                            for (int i = 0; i < 20; i++) {
                                out.say("{\"b64_json\":\"").repeat(LARGE, 20).say("\"},");
                            }
                        }),
                        document(
                                "one-image-of-a-gigabyte",
                                "heapBytes",
                                1,
                                out -> out.say("{\"b64_json\":\"" + SMALL + "\"},{\"b64_json\":\"")
                                        .repeat(LARGE, 250)
                                        .say("\"},")),
                        document("empty-objects", "heapBytes", 0, out -> out.repeat("{},", 2_700_000 / scale)),
                        document("empty-arrays", "heapBytes", 0, out -> out.repeat("[],", 2_700_000 / scale)),
                        document("empty-texts", "", 0, out -> out.repeat("\"\",", 2_700_000 / scale)),
                        document(
                                "empty-members",
                                "limits(l -> l.",
                                0,
                                out -> out.say("{")
                                        .number("\"", 600_000 / scale, "\":{},")
                                        .say("\"\":0},")),
                        document("numbers", "", 0, out -> out.repeat("12345,", 1_300_000 / scale)),
                        document("deep-arrays", "", 0, out -> out.repeat("[", MANY / scale)),
                        document("white-space", "textBytes", 0, out -> out.repeat(" ", (100 << 20) / scale)),
                        document(
                                "gaps-in-an-image",
                                "limits(l -> l.",
                                0,
                                out -> out.say("{\"b64_json\":\"").repeat("A ", (100 << 20) / scale)),
                        document(
                                "broken-images",
                                "limits(l -> l.",
                                0,
                                out -> out.repeat("\"" + "A".repeat(1100) + "\n\",", MANY / scale)),
                        document(
                                "text-that-looked-like-an-image",
                                "textBytes",
                                0,
                                out -> out.repeat("\"" + "A".repeat(1100) + "%\",", MANY / scale)),
                        document(
                                "an-error-as-long-as-an-image",
                                "",
                                0,
                                out -> out.say("{}],\"error\":{\"message\":\"")
                                        .repeat(LARGE, 5)
                                        .say("\"},\"more\":[")),
                        group("finished-images", "images", 256, out -> out.repeat(finished, MANY / scale)),
                        group(
                                "failed-images",
                                "images",
                                0,
                                out -> out.repeat(
                                        event("partial_failed", "\"error\":{\"code\":\"x\",\"message\":\"y\"}"),
                                        MANY / scale)),
                        group(
                                "failures-with-long-words",
                                "heapBytes",
                                0,
                                out -> out.repeat(
                                        event(
                                                "partial_failed",
                                                "\"error\":{\"message\":\"" + "no ".repeat(700_000 / scale) + "\"}"),
                                        2_000)),
                        group(
                                "large-finished-images",
                                "heapBytes",
                                1,
                                out -> out.repeat(event("partial_succeeded", "\"b64_json\":\"" + LARGE + "\""), 1_000)),
                        group("growing-usage", "limits(l -> l.", 1, out -> {
                            for (int i = 0; i < 1_000; i++) {
                                out.say("data: {\"type\":\"image_generation.partial_succeeded\",\"b64_json\":\"" + SMALL
                                                + "\",\"usage\":{")
                                        .number("\"" + i + "_", 4_000 / scale, "\":{},")
                                        .say("\"x\":1}}\n\n");
                            }
                        }),
                        stream(
                                "previews",
                                "images",
                                0,
                                out -> out.repeat(
                                        event("partial_image", "\"b64_json\":\"" + SMALL + "\""), MANY / scale)),
                        stream(
                                "large-previews",
                                "",
                                0,
                                out -> out.repeat(
                                        event("partial_image", "\"b64_json\":\"" + LARGE + "\""), 60 / scale)),
                        new Bomb("gzip", Bombs::openAi, GZIP, "limits(l -> l.", 0, Bombs::zipped),
                        stream(
                                "unknown-events",
                                "",
                                0,
                                out -> out.repeat(event("news", "\"a\":[[],{}]"), 300_000 / scale)),
                        stream(
                                "one-event-of-empty-objects",
                                "heapBytes",
                                0,
                                out -> out.say("data: {\"type\":\"x\",\"a\":[")
                                        .repeat("{},", 2_700_000 / scale)
                                        .say("]}\n\n")),
                        stream(
                                "long-names",
                                "textBytes",
                                0,
                                out -> out.say("event: ")
                                        .repeat("xxxxxxxxx", MANY / scale)
                                        .say("\n")),
                        stream("names-and-ids", "", 0, out -> {
                            for (String field : List.of("event: ", "id: ", "event: ", "id: ", "x: ", "data: ")) {
                                out.say(field).repeat("xxxxxxxx", MANY / scale).say("\n");
                            }
                            out.say("\n");
                        }),
                        stream("keep-alives", "", 0, out -> out.repeat(": still rendering\n\n", 5 * MANY / scale)))
                .toList();
    }

    /**
     * Throws all of them at clients with the default limits in this process, one after the other, and prints what became of
     * each, and how much of the heap was full at most after a collection.
     *
     * @param args the port at which a process with more memory answers
     */
    public static void main(String[] args) {
        var port = Integer.parseInt(args[0]);
        var highest = new AtomicLong();
        for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notice, nothing) -> highest.accumulateAndGet(heap(notice), Math::max), null, null);
        }
        for (Bomb bomb : all(1)) {
            var client = bomb.gateway.apply(url(port, bomb, 1)).downloads(d -> d.fetch(false));
            var start = System.nanoTime();
            var outcome = thrown(bomb, client);
            client.close();
            var asItShould = outcome.isTyped() && outcome.names(bomb.wither) && outcome.images() >= bomb.images;
            System.out.printf(
                    "%s %s, %d ms: %s%n",
                    asItShould ? "ok" : "WRONG", bomb, (System.nanoTime() - start) / 1_000_000, outcome);
        }
        System.out.printf(
                "bombs %d, highest heap after a collection %d MB of %d, OutOfMemoryErrors 0%n",
                all(1).size(), highest.get() >> 20, Runtime.getRuntime().maxMemory() >> 20);
    }

    private static long heap(Notification notice) {
        var pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getName)
                .toList();
        return GarbageCollectionNotificationInfo.from((CompositeData) notice.getUserData())
                .getGcInfo()
                .getMemoryUsageAfterGc()
                .entrySet()
                .stream()
                .filter(pool -> pools.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }

    /** Generates at the gateway that answers with a bomb, and waits for the end. */
    static Outcome thrown(Bomb bomb, ImageClient client) {
        var request = ImageRequest.of("a/b", "p").stream(bomb.type.equals(SSE));
        try {
            client.generate(request).count().block(PATIENCE);
            return new Outcome(null);
        } catch (RuntimeException e) {
            return new Outcome(e);
        }
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    Bombs() throws IOException {
        daemon(() -> {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    daemon(() -> answer(socket));
                } catch (IOException e) {
                    // the test is over
                }
            }
        });
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "bombs");
        thread.setDaemon(true);
        thread.start();
    }

    /** The base URL at which every answer is this bomb. */
    String url(Bomb bomb, int scale) {
        return url(server.getLocalPort(), bomb, scale);
    }

    static String url(int port, Bomb bomb, int scale) {
        return "http://127.0.0.1:" + port + "/" + scale + "/" + bomb.name;
    }

    int port() {
        return server.getLocalPort();
    }

    private static void answer(Socket socket) {
        try (socket;
                var out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16)) {
            var path = request(socket.getInputStream()).split("/", 4);
            var bomb = all(Integer.parseInt(path[1])).stream()
                    .filter(each -> each.name.equals(path[2]))
                    .findFirst()
                    .orElseThrow();
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: " + bomb.type + "\r\nConnection: close\r\n\r\n")
                    .getBytes(US_ASCII));
            bomb.body.writeTo(new Out(out));
        } catch (IOException e) {
            // the client has heard enough
        }
    }

    /** Reads all of it: what is left unread resets the connection. */
    private static String request(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        var length = LENGTH.matcher(head);
        in.skipNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
