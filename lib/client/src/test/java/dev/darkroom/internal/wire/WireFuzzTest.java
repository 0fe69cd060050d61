package dev.darkroom.internal.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Keeps the fuzz target alive in the ordinary build: seeds of which each reaches something else, and their neighbours. */
class WireFuzzTest {

    /** Also written as the first corpus of a fuzzing run, see {@link #main}. */
    private static final List<String> SEEDS = List.of(
            "\0{\"data\":[{\"b64_json\":\"\1\",\"media_type\":\"image/png\"}],\"usage\":{\"cost\":3e-05}}",
            "\10{\"b64_json\":\"data:image\\/png;base64,\1QQ==\",\"x\":\"\1%\"}",
            "\21: \n\ndata: {\"type\":\"a\",\"b64_json\":\"\1\"}\n\ndata: [DONE]\n\n",
            "\31event: e\r\nid: 1\r\ndata: {\"x\":\r\ndata: \"\1 \1\"}\r\n\r\nretry: 5\r\n",
            "\40\uFEFF {\"\1\":\"\\u0041\\/\1\\n=\"}",
            "\60data: \"\1\"\n\n",
            "\160event: x\rdata:\"\\ud83d\\ude00\u00e9\"\r\r");

    @Test
    void theFuzzTargetFindsNothingNearItsSeeds() {
        var random = new Random(20261120);
        for (String seed : SEEDS) {
            var bytes = Comparison.utf8(seed);
            WireFuzz.fuzzerTestOneInput(bytes);
            for (int i = 0; i < 300; i++) {
                var near = new RandomWire(random.nextLong()).damaged(bytes);
                WireFuzz.fuzzerTestOneInput(near);
            }
        }
    }

    /** Writes the seeds into the folder named, one file each. */
    public static void main(String[] args) throws IOException {
        var folder = Files.createDirectories(Path.of(args[0]));
        for (int i = 0; i < SEEDS.size(); i++) {
            Files.write(folder.resolve("seed-" + i), Comparison.utf8(SEEDS.get(i)));
        }
    }
}
