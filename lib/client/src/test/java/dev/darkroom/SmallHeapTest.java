package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.testsupport.Slow;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Large images go up and come down in a small heap, because neither direction ever holds a whole one. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Slow
class SmallHeapTest {

    private static final int REFERENCES = 16;
    private static final int IMAGES = 10;
    private static final int SIZE = 20 << 20;
    private static final byte[] PICTURE = FileServer.picture(SIZE);

    /** The JDK's: with Netty's, which here watches every buffer, it would be the server that is measured. */
    private final HttpServer server;

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final AtomicLong uploaded = new AtomicLong();

    @TempDir
    private Path folder;

    SmallHeapTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.createContext("/picture", exchange -> answer(exchange, PICTURE));
        var document = IntStream.range(0, IMAGES)
                .mapToObj(i -> "{\"url\":\"" + url("/picture") + "\"}")
                .collect(Collectors.joining(",", "{\"data\":[", "]}"))
                .getBytes(StandardCharsets.US_ASCII);
        server.createContext("/v1/images", exchange -> {
            uploaded.addAndGet(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
            answer(exchange, document);
        });
        server.setExecutor(workers);
        server.start();
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @AfterEach
    void stop() {
        server.stop(0);
        workers.shutdownNow();
    }

    private String run(String... more) throws Exception {
        var reference = Files.write(folder.resolve("reference.png"), PICTURE);
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SmallHeap.class.getName(),
                url("/v1"),
                reference.toString(),
                folder.toString()));
        command.addAll(List.of(more));
        var output = folder.resolve("output.txt").toFile();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        if (!process.waitFor(4, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return Files.readString(output.toPath(), StandardCharsets.UTF_8);
    }

    @Test
    void sixteenLargeReferencesGoUpAndTenLargeImagesComeDownIn128Megabytes() throws Exception {
        assertThat(run()).contains("wrote " + IMAGES);
        assertThat(uploaded.get()).isGreaterThan(REFERENCES * (long) SIZE / 3 * 4);
        for (int i = 0; i < IMAGES; i++) {
            assertThat(folder.resolve(i + ".png")).hasBinaryContent(PICTURE);
        }
    }

    @Test
    void imagesForWhichThereIsNoRoomKeepTheirUrlAndGoIntoFilesAfterwards() throws Exception {
        assertThat(run("memory")).contains("without bytes " + (IMAGES - 1)).contains("wrote " + IMAGES);
    }

    /** So that the tests above are ones that can fail. */
    @Test
    void imagesThatAreHeldWholeDoNotFit() throws Exception {
        assertThat(run("memory", "" + (1L << 30))).contains("OutOfMemoryError");
    }
}
