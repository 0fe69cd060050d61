package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testsupport.PostcardJar;
import dev.darkroom.testsupport.PostcardOffice;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway of somebody else's, in a jar beside the program. */
class PostcardJarTest {

    @TempDir
    private Path folder;

    @Test
    void aJarOnTheClassPathAddsItsGatewayItsKeyVariableAndItsOptions() throws IOException, InterruptedException {
        try (var office = new PostcardOffice()) {
            var said = darkroom(
                    PostcardJar.in(folder),
                    "generate",
                    "greetings",
                    "--provider=postcard",
                    "--base-url=" + office.baseUrl(),
                    "--option=postcard.stamp=85",
                    "--out=" + folder.resolve("out"));
            assertThat(said).endsWith("exit 0");
            assertThat(office.letters()).containsExactly("greetings from one-penny for 85");
            assertThat(folder.resolve("out")).isDirectoryContaining("glob:**.png");
        }
    }

    @Test
    void theHelpAndTheMistakesKnowItAsSoonAsTheJarIsThere() throws IOException {
        assertThat(Run.of("generate", "--help").out()).contains("minimax").doesNotContain("postcard");
        assertThat(Run.of("generate", "dawn", "--provider", "postcard").err())
                .contains("'postcard' is none of openrouter, token360, token360-native");
        try (var loader = PostcardJar.loader(PostcardJar.in(folder))) {
            var before = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(loader);
            try {
                assertThat(Run.of("generate", "--help").out()).contains("postcard");
                var keyless = Run.of("generate", "dawn", "--provider", "postcard");
                assertThat(keyless.exitCode()).isEqualTo(2);
                assertThat(keyless.err()).contains("does not speak postcard: set POSTCARD_API_KEY");
                var wrong = Run.of(
                        Map.of("POSTCARD_API_KEY", "one-penny"),
                        Run.args("generate", "dawn", "--provider", "postcard", "--option", "postcard.stamp=dear"));
                assertThat(wrong.exitCode()).isEqualTo(2);
                assertThat(wrong.err()).contains("postcard.stamp: it must be a whole number, not 'dear'");
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }
    }

    private String darkroom(Path jar, String... args) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "dev.darkroom.cli.Darkroom"));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", PostcardJar.classPath() + File.pathSeparator + jar);
        builder.environment().put("POSTCARD_API_KEY", "one-penny");
        var process = builder.start();
        try (var out = process.getInputStream()) {
            var said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            return said + "exit " + process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
