package dev.darkroom.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.testsupport.Chromium;
import dev.darkroom.testsupport.Slow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page in a real browser, with the emulator as its gateway. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "darkroom.emulator.enabled=true",
            "darkroom.emulator.latency=2s",
            "darkroom.preview.grace=1m",
            "darkroom.emulator.partials=4",
            "darkroom.emulator.shrink=4"
        })
@Slow
class BrowserTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static @Nullable Chromium browser;

    @LocalServerPort
    private int port;

    @Autowired
    private RunningEmulator emulator;

    @Autowired
    private ImageClient client;

    @BeforeAll
    static void start() {
        browser = Chromium.start().orElse(null);
        if (browser == null) {
            System.out.println("SKIPPED: BrowserTest needs Chromium and chromedriver on the path");
        }
        assumeTrue(browser != null, "no Chromium and chromedriver on the path");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void visit() {
        browser.colourScheme("dark");
        browser.size(1280, 900);
        browser.visit("http://localhost:" + port + "/");
        browser.await("return !document.getElementById('develop').disabled");
    }

    @AfterEach
    void nothingWentWrongUnseen() {
        emulator.clearFaults();
        assertThat(browser.errors()).as("console errors").isEmpty();
        assertThat(browser.violations())
                .as("violations of the Content-Security-Policy")
                .isEmpty();
    }

    private void develop(String prompt) {
        browser.find("#prompt").clear();
        browser.find("#prompt").sendKeys(prompt);
        browser.find("#develop").click();
        browser.awaitInside("return shadow.querySelector('.card') !== null");
    }

    private void awaitFinal() {
        browser.awaitState("done");
        browser.awaitInside("return shadow.querySelector('.card .frame .enlarge') !== null");
    }

    @Test
    void whatAModelCannotDoIsGreyedOut(@TempDir Path folder) {
        choose("black-forest-labs/flux.2-klein-4b");
        assertThat(browser.find("#stream").isEnabled()).isFalse();
        assertThat(browser.find("#quality").isEnabled()).isFalse();
        assertThat(browser.find("#n").isEnabled()).isFalse();
        assertThat(browser.find("#aspectRatio").isEnabled()).isTrue();
        choose("openai/gpt-image-1-mini");
        assertThat(browser.find("#stream").isEnabled()).isTrue();
        assertThat(browser.find("#quality").isEnabled()).isTrue();

        var file = client.result(ImageRequest.of("openai/gpt-image-1-mini", "a reference"))
                .flatMap(result -> result.first().writeTo(folder.resolve("reference.png")))
                .block(PATIENCE);
        browser.find("#references").sendKeys(file.toString());
        browser.await("return document.querySelector('#thumbnails img')?.naturalWidth > 0");
        assertThat(browser.find("option[value='meta/muse-image']").isEnabled()).isFalse();
        develop("make it night");
        browser.awaitState("done");
        assertThat(browser.textInside(".model")).isEqualTo("openai/gpt-image-1-mini · 1 reference");
        browser.find("#thumbnails button").click();
        assertThat(browser.find("option[value='meta/muse-image']").isEnabled()).isTrue();
    }

    private void choose(String model) {
        browser.find("#model option[value='" + model + "']").click();
    }

    @Test
    void severalPromptsDevelopSideBySideAndAReloadFindsThemAgain() {
        develop("a red fox");
        develop("a blue fox");
        browser.awaitInside("return shadow.querySelectorAll('.card[data-state=done]').length === 2");
        browser.await("return document.querySelectorAll('#gallery img').length === 2");
        browser.await("return [...document.querySelectorAll('#gallery img')].every(image => image.naturalWidth > 0)");
        assertThat(browser.text("#spent")).matches("\\$0\\.0\\d+");
        browser.screenshot("gallery");
        browser.driver().navigate().refresh();
        browser.await("return document.querySelectorAll('#gallery img').length === 2");
        assertThat(browser.textInside(".card .prompt")).isEqualTo("a blue fox");
    }

    @Test
    void theKeyboardIsEnough() {
        browser.find("body").sendKeys(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("skip");
        browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        browser.find("#prompt").sendKeys("a fox", Keys.chord(Keys.CONTROL, Keys.ENTER));
        awaitFinal();
        browser.inside(".enlarge").sendKeys(Keys.ENTER);
        browser.awaitInside("return shadow.querySelector('.viewer').open");
        browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
        browser.awaitInside("return !shadow.querySelector('.viewer').open");
        assertThat(browser.focused()).contains("enlarge");
    }

    @Test
    void theSecondClickOfADoubleClickAndAKeyHeldDownAskForNothing() {
        develop("a cheap fox");
        browser.await("return !document.getElementById('develop').disabled");
        var click = "document.querySelector(arguments[0])"
                + ".dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true, detail: 2}))";
        browser.run(click, "#develop");
        browser.run("document.getElementById('prompt').dispatchEvent(new KeyboardEvent('keydown',"
                + " {key: 'Enter', ctrlKey: true, repeat: true, bubbles: true, cancelable: true}))");
        browser.awaitState("done");
        develop("the last fox");
        browser.awaitInside("return shadow.querySelector('.card .prompt').textContent === 'the last fox'");
        browser.awaitState("done");
        assertThat(browser.runInside("return shadow.querySelectorAll('.card').length"))
                .isEqualTo(2L);
    }

    @Test
    void theFocusStaysWhereAButtonGoesAway() {
        emulator.enqueue(Fault.STALL.after(1));
        browser.find("#prompt").sendKeys("a fox");
        browser.find("#develop").sendKeys(Keys.ENTER);
        browser.awaitInside("return shadow.querySelector('.frame img') !== null");
        assertThat(browser.focused()).isEqualTo("develop");
        browser.inside(".cancel").sendKeys(Keys.ENTER);
        browser.awaitState("cancelled");
        assertThat(browser.focused()).isEqualTo("card");
    }

    @Test
    void aReloadCostsNothingThoughTheListOfModelsIsSlow() {
        develop("a stubborn fox");
        browser.awaitInside("return shadow.querySelector('.frame img') !== null");
        var slow = String.valueOf(browser.driver()
                .executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                        const ask = window.fetch;
                        window.fetch = (path, options) => path !== 'api/models' ? ask(path, options)
                            : new Promise(done => setTimeout(() => done(ask(path, options)), 2000));
                        """))
                .get("identifier"));
        try {
            browser.driver().navigate().refresh();
            browser.awaitState("done");
            browser.await("return !document.getElementById('develop').disabled");
        } finally {
            browser.driver().executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", slow));
        }
    }

    @Test
    void theBoundsOfANumberAreThoseOfTheChosenModel() {
        browser.run("""
                import('/form.js').then(({Form}) => {
                  const model = (id, seed) => ({id, name: id, parameters: {seed}});
                  new Form({models: [model('bounded', {min: 1, max: 5}), model('free', {})]}, () => {});
                  const seen = [document.getElementById('seed').max];
                  document.getElementById('model').value = 'free';
                  document.getElementById('model').dispatchEvent(new Event('change'));
                  window.bounds = [...seen, document.getElementById('seed').max].join();
                });
                """);
        browser.await("return window.bounds === '5,'");
    }

    @Test
    void itIsAccessibleInLightAndDarkOnDesktopAndPhone() {
        emulator.enqueue(Fault.NONE, Fault.MODERATION);
        develop("a fox");
        browser.awaitState("done");
        develop("a bad fox");
        browser.awaitState("failed");
        browser.run("document.documentElement.style.setProperty('animation', 'none')");
        for (var scheme : List.of("dark", "light")) {
            browser.colourScheme(scheme);
            for (var width : List.of(1280, 390)) {
                browser.size(width, 900);
                assertThat(browser.accessibilityFaults())
                        .as(scheme + ", " + width)
                        .isEmpty();
                assertThat((Boolean) browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                        .as("nothing to scroll sideways at " + width)
                        .isTrue();
                browser.screenshot(scheme + "-" + width);
            }
        }
    }
}
