package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ClientWarmUpTest {

    /** A start without Netty, and a servlet application has nobody else who loads it. */
    static final class Started {

        private Started() {}

        public static void main(String[] args) throws InterruptedException {
            new SpringApplicationBuilder(Plain.class)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .listeners(event -> {
                        if (event instanceof ApplicationStartedEvent) {
                            System.out.println("STARTED");
                        }
                    })
                    .run("--darkroom.api-key=sk-test", "--logging.level.root=warn");
            for (var thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("darkroom-warm-up")) {
                    thread.join();
                }
            }
            System.out.println("WARM");
            Runtime.getRuntime().halt(0);
        }
    }

    @ImportAutoConfiguration(DarkroomAutoConfiguration.class)
    static class Plain {}

    @Test
    void nothingOfNettyIsLoadedForAClientUntilTheApplicationIsReady(@TempDir Path folder)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:class+load:stdout:none",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        Started.class.getName()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();

        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("STARTED", "WARM");
        assertThat(said.substring(0, said.indexOf("STARTED")))
                .contains("dev.darkroom.ImageClient ")
                .doesNotContain(
                        "io.netty.buffer.", "reactor.netty.resources.", "dev.darkroom.internal.http.Transport ");
        assertThat(said.substring(said.indexOf("STARTED")))
                .contains("io.netty.buffer.", "reactor.netty.resources.", "dev.darkroom.internal.http.Transport ");
    }

    @Test
    void everyApplicationWithTheStarterHasIt() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DarkroomAutoConfiguration.class))
                .withPropertyValues("darkroom.api-key=sk-test")
                .run(context -> assertThat(context).hasSingleBean(ClientWarmUp.class));
        assertThatCode(ClientWarmUp::warmUp).doesNotThrowAnyException();
    }
}
