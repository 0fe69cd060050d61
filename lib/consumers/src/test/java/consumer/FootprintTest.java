package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README says that the client weighs, held against the class path of an application which has nothing else. */
class FootprintTest {

    private static final Pattern SAID = Pattern.compile("brings (\\d+) jars of others, (\\d+\\.\\d) MB");
    private static final Pattern OF_THE_TESTS =
            Pattern.compile("(darkroom-|webp-imageio|junit-|opentest4j|apiguardian|surefire).*");

    @Test
    void theClientWeighsWhatTheReadmeSays() throws Exception {
        var jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(file -> file.toString().endsWith(".jar"))
                .filter(file -> !OF_THE_TESTS.matcher(file.getFileName().toString()).matches())
                .toList();
        long bytes = 0;
        for (var jar : jars) {
            bytes += Files.size(jar);
        }
        var readme = Files.readString(Path.of(System.getProperty("maven.basedir")).resolve("../../../README.md"));
        var said = SAID.matcher(readme);
        assertTrue(said.find(), "the README says what the client brings");
        assertEquals(jars.size() + " jars, " + String.format(Locale.ROOT, "%.1f MB", bytes / 1e6),
                said.group(1) + " jars, " + said.group(2) + " MB", jars.toString());
    }
}
