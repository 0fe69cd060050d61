package dev.darkroom.livepreview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.testsupport.Chromium;
import dev.darkroom.testsupport.Slow;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The element in a real browser, on a page of ten lines, with the emulator as its gateway. */
@Slow
class ElementTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern COUNTDOWN = Pattern.compile("rate limited, next try in (\\d+) s");
    private static final String ELEMENT = "document.querySelector('darkroom-preview')";

    private static @Nullable Chromium browser;
    private static @Nullable ConfigurableApplicationContext context;
    private static @Nullable RunningEmulator emulator;

    @BeforeAll
    static void start() {
        browser = Chromium.start().orElse(null);
        if (browser == null) {
            System.out.println("SKIPPED: ElementTest needs Chromium and chromedriver on the path");
        }
        assumeTrue(browser != null, "no Chromium and chromedriver on the path");
        context = application(WebApplicationType.REACTIVE);
        emulator = context.getBean(RunningEmulator.class);
    }

    private static ConfigurableApplicationContext application(WebApplicationType type) {
        return new SpringApplicationBuilder(ImagesApplication.class)
                .web(type)
                .run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--darkroom.model=openai/gpt-image-1-mini",
                        "--darkroom.emulator.enabled=true",
                        "--darkroom.emulator.shrink=4",
                        "--darkroom.emulator.latency=2s",
                        "--darkroom.preview.grace=3s",
                        "--darkroom.emulator.partials=4");
    }

    private static String address(ConfigurableApplicationContext application, String path) {
        return "http://localhost:" + application.getEnvironment().getRequiredProperty("local.server.port") + path;
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (context != null) {
            context.close();
        }
    }

    @BeforeEach
    void visit() {
        browser.colourScheme("dark");
        browser.size(1280, 900);
        browser.visit(address(context, "/index.html"));
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
        var cards = browser.runInside("return shadow.querySelectorAll('.card').length");
        browser.find("[name=prompt]").clear();
        browser.find("[name=prompt]").sendKeys(prompt);
        browser.find("form button").click();
        browser.awaitInside("return shadow.querySelectorAll('.card').length > " + cards);
    }

    @Test
    void previewsReplaceEachOtherInPlaceAndSharpenTowardsTheFinalWhichIsTheGatewaysToTheByte() throws Exception {
        develop("a lighthouse at dawn");
        browser.awaitInside("return shadow.querySelector('.frame img')?.dataset.version >= 2");
        browser.screenshot("developing");
        awaitFinal();
        browser.awaitInside("return shadow.querySelectorAll('.frame img').length === 1");

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

        var shown = String.valueOf(browser.runInside("return shadow.querySelector('.frame img').src"));
        var direct = context.getBean(ImageClient.class)
                .result(ImageRequest.of("", "a lighthouse at dawn").stream(true))
                .block(PATIENCE);
        assertThat(bytes(shown)).isEqualTo(direct.first().toByteArray());
        assertThat(browser.textInside(".state")).startsWith("done in ");
        assertThat(browser.textInside(".money")).matches("\\$0\\.0\\d+ · .*B");
    }

    private void awaitFinal() {
        browser.awaitState("done");
        browser.awaitInside("return shadow.querySelector('.card .frame .enlarge') !== null");
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
        emulator.enqueue(Fault.STALL.after(1));
        develop("an unloved fox");
        browser.awaitInside("return shadow.querySelector('.frame img') !== null");
        browser.inside(".cancel").click();
        browser.awaitState("cancelled");
        assertCancelled("an unloved fox");
        assertThat(browser.textInside(".state")).startsWith("cancelled after ");
        browser.inside(".again").click();
        browser.awaitInside("return shadow.querySelectorAll('.card').length === 2");
        browser.awaitState("done");
    }

    /** Best of three: what counts is the page's grace, not how busy this machine is. */
    @Test
    void closingTheTabCancelsAtTheGateway() {
        var driver = browser.driver();
        var home = driver.getWindowHandle();
        emulator.enqueue(Fault.STALL.after(1));
        driver.switchTo().newWindow(WindowType.TAB);
        driver.get(address(context, "/index.html"));
        develop("a fox in a closed tab");
        browser.awaitInside("return shadow.querySelector('.frame img') !== null");
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
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(8)));
        develop("a patient fox");
        browser.awaitState("throttled");
        browser.screenshot("rate-limited");
        var seen = new ArrayList<Integer>();
        while (browser.textInside(".card").contains("next try in")) {
            var left = COUNTDOWN.matcher(browser.textInside(".state"));
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
        assertThat(browser.inside(".problem").getText())
                .contains("The gateway will not paint this", "Nothing was made, nothing is billed.");
        assertThat(browser.textInside(".news")).contains("failed: The gateway will not paint this");
    }

    @Test
    void scriptInAPromptStaysText() {
        var prompt = "<script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 2\">";
        emulator.enqueue(Fault.MODERATION); // whose words quote the prompt, or may
        develop(prompt);
        browser.awaitState("failed");
        develop(prompt);
        awaitFinal();
        assertThat(browser.textInside(".card .prompt")).isEqualTo(prompt);
        browser.inside(".enlarge").sendKeys(Keys.ENTER);
        assertThat(browser.textInside(".caption")).isEqualTo(prompt);
        assertThat(browser.run("return window.hacked ?? null")).isNull();
        assertThat(browser.runInside("return shadow.querySelectorAll('script, .about img:not(.large)').length"))
                .isEqualTo(0L);
    }

    @Test
    void severalPromptsDevelopSideBySideAndAReloadFindsThemAgain() {
        develop("a red fox");
        develop("a blue fox");
        browser.awaitInside("return shadow.querySelectorAll('.card[data-state=done]').length === 2");
        browser.driver().navigate().refresh();
        browser.awaitInside("return shadow.querySelectorAll('.card[data-state=done] .enlarge').length === 2");
        assertThat(browser.textInside(".card .prompt")).isEqualTo("a blue fox");
        browser.inside(".enlarge").sendKeys(Keys.ENTER);
        browser.driver().switchTo().activeElement().sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.textInside(".caption")).isEqualTo("a red fox");
        assertThat(browser.runInside("return shadow.querySelector('.large').src"))
                .isEqualTo(browser.run("return " + ELEMENT + ".pictures()[1].url"));
    }

    @Test
    void aReloadWhileSomethingDevelopsCostsNothing() {
        develop("a steady fox");
        browser.awaitInside("return shadow.querySelector('.frame img') !== null");
        browser.driver().navigate().refresh();
        browser.awaitState("done");
        assertThat(emulator.journal().accepted().stream()
                        .filter(entry -> entry.body().get("prompt").asString().equals("a steady fox")))
                .hasSize(1);
    }

    @Test
    void theKeyboardIsEnough() {
        browser.find("body").sendKeys(Keys.TAB);
        browser.driver().switchTo().activeElement().sendKeys("a fox", Keys.ENTER);
        awaitFinal();
        while (!browser.focused().contains("enlarge")) {
            browser.find("body").sendKeys(Keys.TAB);
        }
        browser.inside(".enlarge").sendKeys(Keys.ENTER);
        browser.awaitInside("return shadow.querySelector('.viewer').open");
        browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
        browser.awaitInside("return !shadow.querySelector('.viewer').open");
        assertThat(browser.focused()).contains("enlarge");
    }

    @Test
    void theSecondClickOfADoubleClickAndAKeyHeldDownAskForNothing() {
        develop("a cheap fox");
        var second = "new MouseEvent('click', {bubbles: true, composed: true, cancelable: true, detail: 2})";
        browser.run("document.querySelector('form button').dispatchEvent(" + second + ")");
        assertThat(browser.run(
                        "return document.querySelector('[name=prompt]').dispatchEvent(new KeyboardEvent('keydown',"
                                + " {key: 'Enter', repeat: true, bubbles: true, composed: true, cancelable: true}))"))
                .isEqualTo(false);
        browser.awaitState("done");
        browser.runInside("shadow.querySelector('.again').dispatchEvent(" + second + ")");
        develop("the last fox");
        browser.awaitInside("return shadow.querySelector('.card .prompt').textContent === 'the last fox'");
        browser.awaitState("done");
        assertThat(browser.runInside("return shadow.querySelectorAll('.card').length"))
                .isEqualTo(2L);
    }

    /** All three within a millisecond, before the first was answered. */
    @Test
    void ofOrdersInOneBreathEachThatDiffersIsTakenAndTheSameOneMoreIsSaidToBeOnItsWay() {
        var form = "const form = document.querySelector('form'), field = form.elements.prompt;";
        browser.run(form
                + "for (const prompt of ['dawn', 'dusk', 'dusk']) { field.value = prompt; form.requestSubmit(); }");
        browser.awaitInside("return shadow.querySelectorAll('.card').length === 2");
        browser.awaitInside("return !shadow.querySelector('.complaint').hidden");
        assertThat(browser.textInside(".complaint")).isEqualTo("The same was asked for just now, and is on its way.");
        browser.await(form + "return !form.hasAttribute('aria-busy')");
        browser.run(form + "field.value = 'dusk'; form.requestSubmit()"); // later it is another picture
        browser.awaitInside("return shadow.querySelectorAll('.card').length === 3");
        assertThat(browser.runInside("return shadow.querySelector('.complaint').hidden"))
                .isEqualTo(true);
    }

    @Test
    void theFocusStaysWhereAButtonGoesAway() {
        emulator.enqueue(Fault.STALL.after(1));
        develop("a fox");
        browser.awaitInside("return shadow.querySelector('.frame img') !== null");
        browser.inside(".cancel").sendKeys(Keys.ENTER);
        browser.awaitState("cancelled");
        assertThat(browser.focused()).isEqualTo("card");
    }

    @Test
    void aFrameKeepsNothingUnderItsNewestPictureAndFetchesAgainWhatFailed() {
        browser.run("""
                import('/darkroom/preview.js').then(async ({Frame}) => {
                  const frame = new Frame('', () => {});
                  document.body.append(frame.element);
                  await frame.show('/darkroom/preview.js', {version: 1, last: false}, 'no picture');
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
                import('/darkroom/preview.js').then(({Card}) => {
                  const asked = {prompt: 'a group', model: 'painter', images: 1, references: 0};
                  const card = new Card(1, asked, (id, image) => '/icon.svg?' + image.index, {enlarge: url => window.enlarged = url});
                  document.querySelector('main').append(card.element);
                  card.tell({id: 1, state: 'done', elapsed: 1, failures: [], warnings: [],
                    images: [0, 1].map(index => ({index, version: 1, last: true, bytes: 1}))});
                });
                """);
        browser.await("return document.querySelectorAll('.frame .enlarge').length === 2");
        browser.run("document.querySelectorAll('.frame .enlarge')[1].click()");
        assertThat(browser.run("return window.enlarged")).isEqualTo("/icon.svg?1");
    }

    @Test
    void aServerThatForgotItsPreviewsIsAskedForAnotherAndThePromptStaysInItsForm() {
        develop("a forgotten fox");
        browser.awaitState("done");
        browser.find("[name=prompt]").clear();
        browser.find("[name=prompt]").sendKeys("a patient fox");
        context.getBean(LivePreviews.class)
                .preview(String.valueOf(browser.run("return " + ELEMENT + ".preview")))
                .forget();
        browser.awaitInside("return shadow.querySelectorAll('.card').length === 0");
        browser.awaitInside("return shadow.querySelector('.connection').hidden");
        browser.find("form button").click();
        browser.awaitState("done");
        assertThat(browser.textInside(".prompt")).isEqualTo("a patient fox");
        assertThat(browser.errors()).as("of the forgotten preview").allMatch(error -> error.contains("404"));
    }

    @Test
    void aPreviewThatThePageNamesIsShownAndOneThatIsGoneIsSaidToBe() {
        var preview = context.getBean(LivePreviews.class).open();
        preview.develop(ImageRequest.of("", "a fox of the house").stream(true)).block(PATIENCE);
        browser.run(ELEMENT + ".setAttribute('src', arguments[0])", preview.path());
        browser.awaitState("done");
        assertThat(browser.textInside(".prompt")).isEqualTo("a fox of the house");
        preview.forget();
        browser.awaitInside("return shadow.querySelector('.connection').textContent.includes('no longer there')");
        assertThat(browser.errors()).as("of the forgotten preview").allMatch(error -> error.contains("404"));
    }

    @Test
    void whatIsRefusedIsSaidInWords() {
        browser.run("document.querySelector('form').action = '/images/refused'");
        browser.find("[name=prompt]").sendKeys("an unlucky fox");
        browser.find("form button").click();
        browser.awaitInside("return !shadow.querySelector('.complaint').hidden");
        assertThat(browser.textInside(".complaint")).isEqualTo("No foxes today.");
        assertThat(browser.run("return document.querySelector('[name=prompt]').value"))
                .isEqualTo("an unlucky fox");
        assertThat(browser.errors()).as("of the refusal").allMatch(error -> error.contains("409"));
    }

    @Test
    void promptsFromRightToLeftAndOfEmojiStayWhole() {
        browser.run("document.querySelector('[name=prompt]').value = 'منارة عند الفجر'");
        browser.find("form button").click();
        browser.awaitInside("return shadow.querySelector('.card') !== null");
        assertThat(browser.runInside("return getComputedStyle(shadow.querySelector('.card .prompt')).direction"))
                .isEqualTo("rtl");
        browser.run("import('/darkroom/preview.js').then(({short}) =>"
                + " window.whole = short('x' + '🦊'.repeat(60)).isWellFormed())");
        browser.await("return window.whole !== undefined");
        assertThat(browser.run("return window.whole")).isEqualTo(true);
    }

    @Test
    void nothingMovesForWhomMotionIsTooMuch() {
        browser.prefers("light", "reduce");
        emulator.enqueue(Fault.STALL.after(1));
        develop("a still fox");
        browser.awaitInside("return shadow.querySelector('.frame img') !== null");
        assertThat(browser.runInside("return [getComputedStyle(shadow.querySelector('.frame img')).animationName,"
                        + " getComputedStyle(shadow.querySelector('.progress')).visibility].join()"))
                .isEqualTo("none,hidden");
        browser.inside(".cancel").click();
        browser.awaitState("cancelled");
    }

    @Test
    void aPageStylesItByPartsAndVariables() {
        emulator.enqueue(Fault.STALL.after(1));
        develop("a fox of many colours");
        browser.run("""
                const style = new CSSStyleSheet();
                style.replaceSync(`darkroom-preview { --darkroom-sheet: rgb(1, 2, 3); }
                    darkroom-preview::part(prompt) { color: rgb(4, 5, 6); }`);
                document.adoptedStyleSheets = [style];
                """);
        assertThat(browser.runInside("return [getComputedStyle(shadow.querySelector('.card')).backgroundColor,"
                        + " getComputedStyle(shadow.querySelector('.prompt')).color].join(' ')"))
                .isEqualTo("rgb(1, 2, 3) rgb(4, 5, 6)");
        browser.inside(".cancel").click();
        browser.awaitState("cancelled");
    }

    @Test
    void itIsAccessibleInLightAndDarkOnDesktopAndPhone() {
        emulator.enqueue(Fault.NONE, Fault.MODERATION);
        develop("a fox");
        browser.awaitState("done");
        develop("a bad fox");
        browser.awaitState("failed");
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

    @Test
    void itIsTheSameOnTomcat() {
        try (var servlet = application(WebApplicationType.SERVLET)) {
            var journal = servlet.getBean(RunningEmulator.class).journal();
            browser.visit(address(servlet, "/index.html"));
            develop("a fox on Tomcat");
            awaitFinal();
            assertThat(browser.pictures()).hasSizeGreaterThan(1);
            servlet.getBean(RunningEmulator.class).enqueue(Fault.STALL.after(1));
            develop("a fox that is left");
            browser.awaitInside("return shadow.querySelector('.card .frame img') !== null");
            browser.visit(address(context, "/index.html"));
            journal.settled().filter(entry -> entry.isCancelled()).blockFirst(PATIENCE);
        }
    }
}
