package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testsupport.Slow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No answer brings a small virtual machine down, whatever is in it, and none has to be forbidden by hand. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Slow
class BombsInASmallHeapTest {

    @TempDir
    private Path folder;

    /** The process ends at its first OutOfMemoryError, so that none can be caught and forgotten. */
    @Test
    void everyBombEndsAsItShouldIn128MegabytesUnderTheDefaultLimits() throws Exception {
        try (var bombs = new Bombs()) {
            var output = folder.resolve("output.txt");
            var process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:MaxDirectMemorySize=64m",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Bombs.class.getName(),
                            "" + bombs.port()))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(8, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            var told = Files.readString(output, StandardCharsets.UTF_8);
            System.out.println(told);
            assertThat(told)
                    .doesNotContain("WRONG")
                    .contains("bombs " + Bombs.all(1).size())
                    .contains("OutOfMemoryErrors 0");
            assertThat(process.exitValue()).isZero();
        }
    }
}
