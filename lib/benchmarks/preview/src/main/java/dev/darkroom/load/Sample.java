package dev.darkroom.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The preview page's server in a process of its own, with a heap as small as it may be. */
final class Sample {

    private static final Pattern VALUE = Pattern.compile("\"value\":([0-9.E+]+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> memory = new ArrayList<>();
    private final Process process;
    private final int port;

    Sample(String jar, String heap, int port, int gateway) throws IOException, InterruptedException {
        this.port = port;
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        process = new ProcessBuilder(
                        java,
                        "-Xmx" + heap,
                        "-jar",
                        jar,
                        "--server.port=" + port,
                        "--darkroom.api-key=sk-test",
                        "--darkroom.emulator.enabled=false",
                        "--darkroom.base-url=http://127.0.0.1:" + gateway,
                        "--darkroom.preview.keep=20s",
                        "--darkroom.preview.previews=100000",
                        "--darkroom.preview.at-once-in-all=100000")
                .redirectOutput(Path.of("target", "sample.log").toFile())
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        for (int i = 0; i < 240 && !answers(); i++) {
            Thread.sleep(250);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return get("/actuator/health").contains("status");
        } catch (IOException notYet) {
            return false;
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Writes down what is held after a garbage collection. */
    void note(String when) {
        try {
            var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            new ProcessBuilder(jcmd, String.valueOf(process.pid()), "GC.run").start().waitFor();
            memory.add("%-22s heap after GC %4d MB, direct %4d MB, resident %4d MB"
                    .formatted(when, heap(), direct(), resident()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long heap() throws IOException, InterruptedException {
        return value("/actuator/metrics/jvm.memory.used?tag=area:heap") / 1_000_000;
    }

    private long direct() throws IOException, InterruptedException {
        return value("/actuator/metrics/jvm.buffer.memory.used?tag=id:direct") / 1_000_000;
    }

    private long value(String metric) throws IOException, InterruptedException {
        var found = VALUE.matcher(get(metric));
        return found.find() ? (long) Double.parseDouble(found.group(1)) : -1;
    }

    private long resident() throws IOException {
        var status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return -1;
        }
        var found = RESIDENT.matcher(Files.readString(status));
        return found.find() ? Long.parseLong(found.group(1)) / 1000 : -1;
    }

    List<String> memory() {
        return memory;
    }

    void stop() {
        process.destroy();
    }
}
