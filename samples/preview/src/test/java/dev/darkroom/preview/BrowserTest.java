package dev.darkroom.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.testsupport.Slow;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page in a real browser, with the emulator as its gateway. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"darkroom.emulator.enabled=true", "darkroom.emulator.latency=2s", "darkroom.emulator.partials=4"})
@Slow
class BrowserTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern COUNTDOWN = Pattern.compile("rate limited, next try in (\\d+) s");

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
        browser.await("return document.querySelectorAll('.card').length > 0");
    }

    @Test
    void previewsReplaceEachOtherInPlaceAndSharpenTowardsTheFinalWhichIsTheGatewaysToTheByte() throws Exception {
        develop("a lighthouse at dawn");
        browser.await("return document.querySelector('.frame img')?.dataset.version >= 2");
        browser.screenshot("developing");
        awaitFinal();
        browser.await("return document.querySelectorAll('.frame img').length === 1");

        var pictures = browser.pictures();
        assertThat(pictures).hasSizeGreaterThanOrEqualTo(3);
        assertThat(pictures).extracting(picture -> picture.get("version")).isSorted();
        var last = pictures.get(pictures.size() - 1);
        assertThat(last.get("last")).isEqualTo(true);
        var distances =
                pictures.stream().map(picture -> distance(picture, last)).toList();
        for (int i = 1; i < distances.size(); i++) {
            assertThat(distances.get(i)).as("blurriness of %s", distances).isLessThan(distances.get(i - 1));
        }

        var shown = String.valueOf(browser.run("return document.querySelector('.frame img').src"));
        var direct = client.result(ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").stream(true))
                .block(PATIENCE);
        assertThat(bytes(shown)).isEqualTo(direct.first().toByteArray());
        assertThat(browser.text(".state")).startsWith("done in ");
        assertThat(browser.text("#spent")).matches("\\$0\\.0\\d+");
    }

    private void awaitFinal() {
        browser.awaitState("done");
        browser.await("return document.querySelector('.card .frame .open') !== null");
    }

    private static double distance(Map<String, Object> one, Map<String, Object> other) {
        var left = (List<?>) one.get("pixels");
        var right = (List<?>) other.get("pixels");
        var sum = 0.0;
        for (int i = 0; i < left.size(); i++) {
            sum += Math.abs(((Number) left.get(i)).doubleValue() - ((Number) right.get(i)).doubleValue());
        }
        return sum / left.size();
    }

    private static byte[] bytes(String url) throws Exception {
        var http = HttpClient.newHttpClient();
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    @Test
    void cancellingReachesTheGateway() {
        develop("an unloved fox");
        browser.await("return document.querySelector('.frame img') !== null");
        browser.find(".cancel").click();
        browser.awaitState("cancelled");
        assertCancelled("an unloved fox");
        assertThat(browser.text(".state")).startsWith("cancelled after ");
        browser.find(".again").click();
        browser.await("return document.querySelectorAll('.card').length === 2");
        browser.awaitState("done");
    }

    /** Best of three: what counts is the page's grace, not how busy this machine is. */
    @Test
    void closingTheTabCancelsAtTheGateway() {
        var driver = browser.driver();
        var home = driver.getWindowHandle();
        emulator.enqueue(Fault.STALL.after(1));
        driver.switchTo().newWindow(WindowType.TAB);
        driver.get("http://localhost:" + port + "/");
        browser.await("return !document.getElementById('develop').disabled");
        develop("a fox in a closed tab");
        browser.await("return document.querySelector('.frame img') !== null");
        driver.close();
        driver.switchTo().window(home);
        assertCancelled("a fox in a closed tab");
    }

    private void assertCancelled(String prompt) {
        emulator.journal()
                .settled()
                .filter(entry -> entry.isCancelled()
                        && entry.body().get("prompt").asString().equals(prompt))
                .blockFirst(PATIENCE);
    }

    @Test
    void aRateLimitCountsDown() {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(4)));
        develop("a patient fox");
        browser.awaitState("throttled");
        browser.screenshot("rate-limited");
        var seen = new ArrayList<Integer>();
        while (browser.text(".card").contains("next try in")) {
            var left = COUNTDOWN.matcher(browser.text(".state"));
            if (left.matches() && !seen.contains(Integer.valueOf(left.group(1)))) {
                seen.add(Integer.valueOf(left.group(1)));
            }
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(3).isSortedAccordingTo((a, b) -> b - a);
        browser.awaitState("done");
    }

    @Test
    void aFailureIsShownInWords() {
        emulator.enqueue(Fault.MODERATION);
        develop("a bad fox");
        browser.awaitState("failed");
        browser.screenshot("failed");
        assertThat(browser.find(".problem").getText())
                .contains("The gateway will not paint this", "Nothing was made, nothing is billed.");
        assertThat(browser.text("#news")).contains("failed: The gateway will not paint this");
    }

    @Test
    void scriptInAPromptStaysText() {
        var prompt = "<script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 2\">";
        emulator.enqueue(Fault.MODERATION); // whose words quote the prompt, or may
        develop(prompt);
        browser.awaitState("failed");
        develop(prompt);
        awaitFinal();
        assertThat(browser.text(".card .prompt")).isEqualTo(prompt);
        browser.find(".frame .open").sendKeys(Keys.ENTER);
        assertThat(browser.text("#viewer-title")).isEqualTo(prompt);
        assertThat(browser.run("return window.hacked ?? null")).isNull();
        assertThat(browser.run("return document.querySelectorAll('.card script, .card h3 img').length"))
                .isEqualTo(0L);
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
        assertThat(browser.text(".model")).isEqualTo("openai/gpt-image-1-mini · 1 reference");
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
        browser.await("return document.querySelectorAll('.card[data-state=done]').length === 2");
        browser.await("return document.querySelectorAll('#gallery img').length === 2");
        browser.await("return [...document.querySelectorAll('#gallery img')].every(image => image.naturalWidth > 0)");
        browser.screenshot("gallery");
        browser.driver().navigate().refresh();
        browser.await("return document.querySelectorAll('#gallery img').length === 2");
        assertThat(browser.text(".card .prompt")).isEqualTo("a blue fox");
    }

    @Test
    void aReloadWhileSomethingDevelopsCostsNothing() {
        develop("a steady fox");
        browser.await("return document.querySelector('.frame img') !== null");
        browser.driver().navigate().refresh();
        browser.awaitState("done");
        assertThat(emulator.journal().accepted().stream()
                        .filter(entry -> entry.body().get("prompt").asString().equals("a steady fox")))
                .hasSize(1);
    }

    @Test
    void theKeyboardIsEnough() {
        browser.find("body").sendKeys(Keys.TAB);
        assertThat(focused()).isEqualTo("skip");
        browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        browser.find("#prompt").sendKeys("a fox", Keys.chord(Keys.CONTROL, Keys.ENTER));
        awaitFinal();
        browser.find(".frame .open").sendKeys(Keys.ENTER);
        browser.await("return document.getElementById('viewer').open");
        browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
        browser.await("return !document.getElementById('viewer').open");
        assertThat(focused()).isEqualTo("open");
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
        browser.run(click, ".again");
        develop("the last fox");
        browser.await("return document.querySelector('.card .prompt').textContent === 'the last fox'");
        browser.awaitState("done");
        assertThat(browser.run("return document.querySelectorAll('.card').length"))
                .isEqualTo(2L);
    }

    @Test
    void theFocusStaysWhereAButtonGoesAway() {
        browser.find("#prompt").sendKeys("a fox");
        browser.find("#develop").sendKeys(Keys.ENTER);
        browser.await("return document.querySelector('.frame img') !== null");
        assertThat(focused()).isEqualTo("develop");
        browser.find(".cancel").sendKeys(Keys.ENTER);
        browser.awaitState("cancelled");
        browser.await("return document.activeElement.className === 'card'");
    }

    @Test
    void aReloadCostsNothingThoughTheListOfModelsIsSlow() {
        develop("a stubborn fox");
        browser.await("return document.querySelector('.frame img') !== null");
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
    void aFrameKeepsNothingUnderItsNewestPictureAndFetchesAgainWhatFailed() {
        browser.run("""
                import('/frame.js').then(async ({Frame}) => {
                  const frame = new Frame('', () => {});
                  document.body.append(frame.element);
                  await frame.show('/app.js', {version: 1, last: false}, 'no picture');
                  for (const version of [1, 2, 3, 4]) {
                    await frame.show('/icon.svg?' + version, {version, last: version === 4}, '' + version);
                    window.shown = [...(window.shown ?? []), frame.shown];
                  }
                  window.frame = frame.element;
                });
                """);
        browser.await("return window.frame?.querySelectorAll('img').length === 1");
        assertThat(browser.run("return window.shown.join()")).isEqualTo("1,2,3,4");
        assertThat(browser.run("return window.frame.querySelector('img').alt")).isEqualTo("4");
    }

    @Test
    void aPictureMoreThanWasAskedForCanBeEnlargedToo() {
        browser.run("""
                import('/card.js').then(({Card}) => {
                  const asked = {prompt: 'a group', model: 'painter', images: 1, references: 0};
                  const card = new Card(1, asked, () => '/icon.svg', {enlarge: (_, index) => window.enlarged = index});
                  document.getElementById('cards').append(card.element);
                  card.tell({id: 1, state: 'done', elapsed: 1, failures: [], warnings: [],
                    images: [0, 1].map(index => ({index, version: 1, last: true, bytes: 1}))});
                });
                """);
        browser.await("return document.querySelectorAll('.frame .open').length === 2");
        browser.run("document.querySelectorAll('.frame .open')[1].click()");
        assertThat(browser.run("return window.enlarged")).isEqualTo(1L);
    }

    @Test
    void aServerThatComesBackLateFindsThePromptStillInItsForm() {
        var late = String.valueOf(browser.driver()
                .executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                        sessionStorage.setItem('darkroom-page', 'forgotten');
                        const ask = window.fetch;
                        let refusals = 1;
                        window.fetch = (path, options) => path === 'darkroom/previews' && refusals-- > 0
                            ? Promise.reject(new Error('refused')) : ask(path, options);
                        """))
                .get("identifier"));
        try {
            browser.driver().navigate().refresh();
            browser.await("return document.getElementById('gateway').classList.contains('lost')");
            browser.find("#prompt").sendKeys("a patient fox");
            browser.await("return !document.getElementById('develop').disabled");
            assertThat(browser.run("return document.getElementById('prompt').value"))
                    .isEqualTo("a patient fox");
        } finally {
            browser.driver().executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", late));
        }
        assertThat(browser.errors()).as("of the forgotten page").allMatch(error -> error.contains("404"));
    }

    @Test
    void promptsFromRightToLeftAndOfEmojiStayWhole() {
        browser.run("document.getElementById('prompt').value = 'منارة عند الفجر'");
        browser.find("#develop").click();
        browser.await("return document.querySelector('.card') !== null");
        assertThat(browser.run("return getComputedStyle(document.querySelector('.card .prompt')).direction"))
                .isEqualTo("rtl");
        browser.run(
                "import('/words.js').then(({short}) => window.whole = short('x' + '🦊'.repeat(60)).isWellFormed())");
        browser.await("return window.whole !== undefined");
        assertThat(browser.run("return window.whole")).isEqualTo(true);
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

    private String focused() {
        return String.valueOf(browser.run("return document.activeElement.className"));
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
