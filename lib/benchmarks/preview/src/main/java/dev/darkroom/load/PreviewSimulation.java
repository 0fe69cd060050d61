package dev.darkroom.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.bodyLength;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.sse;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;

/**
 * Browsers on the preview page. Each opens the page, listens, and once a minute asks for a picture, hears of its end and fetches
 * it; all stay to the end. With them, from the beginning, ten slow readers.
 */
public final class PreviewSimulation extends Simulation {

    private static final int BROWSERS = Integer.getInteger("browsers");
    private static final int WAVES = Integer.getInteger("waves");
    private static final int BYTES = Integer.getInteger("bytes");
    private static final int SLOW = 10;

    private static final int RAMP_SECONDS = 10;
    private static final int WAVE_SECONDS = 60;
    /** From the first browser's asking until all pictures are there, with time to spare. */
    private static final int PICTURES_SECONDS = 30;

    private final Gateway gateway = new Gateway(BYTES);
    private final int port = freePort();
    private final Sample sample = new Sample(System.getProperty("jar"), System.getProperty("heap"), port, gateway.port());
    private final SlowReaders slow = new SlowReaders(port);

    /** Starts what is measured. */
    public PreviewSimulation() throws IOException, InterruptedException {
        setUp(
                        browser().injectOpen(nothingFor(1), rampUsers(BROWSERS).during(RAMP_SECONDS)),
                        scenario("notes")
                                .exec(session -> {
                                    notes();
                                    return session;
                                })
                                .injectOpen(atOnceUsers(1)))
                .protocols(http.baseUrl("http://localhost:" + port)
                        .disableCaching()
                        .sseUnmatchedInboundMessageBufferSize(0))
                .assertions(
                        global().failedRequests().count().is(0L),
                        global().allRequests().count().gt((long) BROWSERS * WAVES * 3));
    }

    private static ScenarioBuilder browser() {
        var order = "{\"prompt\":\"a lighthouse\",\"model\":\"openai/gpt-image-1-mini\"}";
        var form = "--b\r\nContent-Disposition: form-data; name=\"order\"; filename=\"o\"\r\n"
                + "Content-Type: application/json\r\n\r\n" + order + "\r\n--b--\r\n";
        var last = sse.checkMessage("final picture told")
                .matching(regex("state\\W+done"))
                .check(regex("version\\W+(\\d+)\\W+last\\W+true").saveAs("version"));
        return scenario("browser")
                .exec(http("open the page")
                        .post("/darkroom/previews")
                        .header("Darkroom-Preview", "new")
                        .check(status().is(201), jsonPath("$.id").saveAs("page")))
                .exec(sse("listen").get("/darkroom/previews/#{page}"))
                .pause(1)
                .repeat(WAVES)
                .on(exec(http("ask")
                        .post("/api/generations")
                        .header("Darkroom-Preview", "#{page}")
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .body(StringBody(form))
                        .check(status().is(202), jsonPath("$.id").saveAs("id")))
                .exec(sse("wait").setCheck().await(60).on(last))
                .exec(http("fetch the final picture")
                        .get("/darkroom/previews/#{page}/#{id}/0/#{version}")
                        .check(status().is(200), bodyLength().is(BYTES)))
                .pause(WAVE_SECONDS - RAMP_SECONDS))
                .exec(sse("leave").close());
    }

    /** Once before, and once in each wave, when its pictures are there. */
    private void notes() {
        var thread = new Thread(
                () -> {
                    try {
                        sample.note("before");
                        for (int i = 0; i < SLOW; i++) {
                            slow.add();
                        }
                        for (int i = 1; i <= WAVES; i++) {
                            Thread.sleep(PICTURES_SECONDS * 1000L);
                            sample.note("in wave " + i);
                            Thread.sleep((WAVE_SECONDS - PICTURES_SECONDS) * 1000L);
                        }
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "notes");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void after() {
        sample.note("at the end");
        System.out.println(BROWSERS + " browsers x " + WAVES + ", pictures of " + BYTES + " bytes, -Xmx"
                + System.getProperty("heap") + "; the gateway takes "
                + (Gateway.PREVIEWS + 1) * Gateway.PAUSE_MILLIS / 1000.0 + " s for each and was asked " + gateway.asked()
                + " times, " + SLOW * 8 + " of them by slow readers");
        List<String> memory = sample.memory();
        memory.forEach(System.out::println);
        slow.close();
        sample.stop();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
