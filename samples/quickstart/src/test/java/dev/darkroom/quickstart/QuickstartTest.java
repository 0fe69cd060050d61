package dev.darkroom.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.testsupport.Chromium;
import dev.darkroom.testsupport.Documents;
import dev.darkroom.testsupport.Slow;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the README shows is a whole application: it starts without a key, and a picture develops in a browser. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"darkroom.emulator.enabled=true", "darkroom.emulator.latency=3s", "darkroom.emulator.shrink=4"})
class QuickstartTest {

    @LocalServerPort
    private int port;

    @Test
    void theReadmeShowsTheWholeClass() {
        var source = Documents.read(
                Documents.root().resolve("samples/quickstart/src/main/java/dev/darkroom/quickstart/Quickstart.java"));
        var whole = source.substring(source.indexOf("@SpringBootApplication"));
        assertThat(Documents.read(Documents.root().resolve("README.md"))).contains("```java\n" + whole + "```");
        assertThat(whole.lines()).as("about thirty lines").hasSizeLessThanOrEqualTo(30);
    }

    @Test
    @Slow
    void aPictureDevelopsInABrowserWithoutAKey() {
        var started = Chromium.start();
        if (started.isEmpty()) {
            System.out.println("SKIPPED: QuickstartTest needs Chromium and chromedriver on the path");
        }
        assumeTrue(started.isPresent(), "no Chromium and chromedriver on the path");
        try (var browser = started.get()) {
            browser.visit("http://localhost:" + port + "/");
            browser.find("[name=prompt]").sendKeys("a lighthouse at dawn");
            browser.find("button").click();
            browser.awaitInside("return shadow.querySelector('.card[data-state=done] .enlarge') !== null");
            assertThat(browser.pictures().stream()
                            .map(picture -> picture.get("last"))
                            .collect(Collectors.toSet()))
                    .as("previews, and the final picture")
                    .containsExactlyInAnyOrder(false, true);
            assertThat(browser.accessibilityFaults()).isEmpty();
        }
    }
}
