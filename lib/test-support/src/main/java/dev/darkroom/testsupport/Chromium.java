package dev.darkroom.testsupport;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real browser without a window: the Chromium or Chrome of this machine, with its driver, found on the path. */
public final class Chromium implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path SCREENSHOTS = Path.of(System.getProperty("maven.basedir", "."), "target", "screenshots");

    /** What a page cannot hide: refused by its policy, or shown in a frame, picture by picture, in the shadow of an element too. */
    private static final String RECORDER = """
            window.recorded = {violations: [], pictures: []};
            document.addEventListener('securitypolicyviolation', event =>
                window.recorded.violations.push(event.violatedDirective + ' ' + event.blockedURI));
            const watcher = new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node => {
              if (node.tagName === 'IMG' && node.closest('.frame')) {
                const canvas = new OffscreenCanvas(64, 64);
                const pen = canvas.getContext('2d');
                pen.drawImage(node, 0, 0, 64, 64);
                window.recorded.pictures.push({
                  version: Number(node.dataset.version),
                  last: node.dataset.last === 'true',
                  pixels: Array.from(pen.getImageData(0, 0, 64, 64).data),
                });
              }
            })));
            const attach = Element.prototype.attachShadow;
            Element.prototype.attachShadow = function (options) {
              const root = attach.call(this, options);
              watcher.observe(root, {childList: true, subtree: true});
              return root;
            };
            """;

    /** Where the pictures develop: in the shadow of the element. */
    private static final String SHADOW = "const shadow = document.querySelector('darkroom-preview').shadowRoot; ";

    private final ChromeDriver driver;

    private Chromium(Path browser, Path driverProgram) {
        var options = new ChromeOptions();
        options.setBinary(browser.toString());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1280,900");
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driverProgram.toFile())
                .build();
        driver = new ChromeDriver(service, options);
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", RECORDER));
    }

    /** Starts one; empty where there is none. */
    public static Optional<Chromium> start() {
        var browser = onThePath("chromium", "chromium-browser", "google-chrome", "chrome");
        var driver = onThePath("chromedriver");
        return browser.isEmpty() || driver.isEmpty()
                ? Optional.empty()
                : Optional.of(new Chromium(browser.get(), driver.get()));
    }

    private static Optional<Path> onThePath(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Selenium itself. */
    public ChromeDriver driver() {
        return driver;
    }

    /** A fresh visit, as if for the first time, until the element hears of its pictures. */
    public void visit(String url) {
        driver.get(url);
        run("sessionStorage.clear()");
        driver.get(url);
        run("window.recorded.pictures = []");
        await("return document.querySelector('darkroom-preview').shadowRoot.querySelector('.connection').hidden");
    }

    /** What a script returns. */
    public @Nullable Object run(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    /** The same with {@code shadow}, the root below the element. */
    public @Nullable Object runInside(String script, Object... arguments) {
        return run(SHADOW + script, arguments);
    }

    /** Until a script returns something true. */
    public void await(String script) {
        new WebDriverWait(driver, PATIENCE, Duration.ofMillis(20))
                .withMessage(script)
                .until(it -> Boolean.TRUE.equals(run(script)));
    }

    /** The same with {@code shadow}. */
    public void awaitInside(String script) {
        await(SHADOW + script);
    }

    /** In the page. */
    public WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** In the shadow of the element. */
    public WebElement inside(String css) {
        return find("darkroom-preview").getShadowRoot().findElement(By.cssSelector(css));
    }

    /** The text of an element of the page, shown or not. */
    public String text(String css) {
        return String.valueOf(run("return document.querySelector(arguments[0]).textContent", css));
    }

    /** The text of an element in the shadow, shown or not. */
    public String textInside(String css) {
        return String.valueOf(runInside("return shadow.querySelector(arguments[0]).textContent", css));
    }

    /** What has the focus, by its class. */
    public String focused() {
        return String.valueOf(run("""
                const at = document.activeElement;
                return (at.shadowRoot?.activeElement ?? at).className"""));
    }

    /** Until the newest card is so. */
    public void awaitState(String state) {
        awaitInside("return shadow.querySelector('.card')?.dataset.state === '" + state + "'");
    }

    /** What a browser's console calls an error, since the last time. */
    public List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What the policy of the page refused. */
    @SuppressWarnings({"unchecked", "NullAway"})
    public List<String> violations() {
        return (List<String>) run("return window.recorded.violations");
    }

    /** What was shown in frames. */
    @SuppressWarnings({"unchecked", "NullAway"})
    public List<Map<String, Object>> pictures() {
        return (List<Map<String, Object>>) run("return window.recorded.pictures");
    }

    /** The faults that axe-core finds, each with the rule and the first place. */
    @SuppressWarnings({"unchecked", "NullAway"})
    public List<String> accessibilityFaults() {
        try (var axe = Objects.requireNonNull(Chromium.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
            run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (List<String>) ((JavascriptExecutor) driver).executeAsyncScript("""
                        const done = arguments[0];
                        axe.run().then(
                          found => done(found.violations.map(it => it.id + ': ' + it.nodes[0].html)),
                          fault => done([String(fault)]));
                        """);
    }

    /** Light or dark, with or without motion. */
    public void prefers(String scheme, String motion) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", motion))));
    }

    /** Light or dark. */
    public void colourScheme(String scheme) {
        prefers(scheme, "no-preference");
    }

    /** Of the window; narrow ones are phones. */
    public void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    /** Kept as output of the build. */
    public void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
