package dev.darkroom.spring;

import dev.darkroom.gate.Throttled;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * What is known of one observed generation, while it runs and at its end. Never the prompt, nor an image.
 *
 * <p>Written by the signals of one subscription and by its gate, read by whoever observes; each may have a thread of its own.
 */
public final class ImageGenerationObservationContext extends SenderContext<Map<String, String>> {

    private final String client;
    private final String provider;
    private final String model;
    private final int asked;
    private final Map<String, String> headers = new HashMap<>();
    private final long began = now();

    private GenerationOutcome outcome = GenerationOutcome.UNFINISHED;
    private String reason = "none";
    private long firstPreview = -1;
    private long waitingSince = -1;
    private boolean throttled;
    private long throttledFor;
    private int attempts;
    private int previews;
    private long previewBytes;
    private int images;
    private long imageBytes;
    private int failures;
    private @Nullable ImageResult result;

    ImageGenerationObservationContext(String client, String provider, String model, ImageRequest request) {
        super((carrier, key, value) -> Objects.requireNonNull(carrier).put(key, value), Kind.CLIENT);
        setCarrier(headers);
        setRemoteServiceName(provider);
        this.client = client;
        this.provider = provider;
        this.model = model;
        this.asked = request.n().orElse(1);
    }

    /**
     * Which client generates.
     *
     * @return its name under {@code darkroom.clients}
     */
    public String client() {
        return client;
    }

    /**
     * Whose API is spoken.
     *
     * @return {@code openrouter}, for example
     */
    public String provider() {
        return provider;
    }

    /**
     * Which model was asked for.
     *
     * @return its id, or {@code other} where there are too many of them for a tag
     */
    public String model() {
        return model;
    }

    /**
     * How many images were asked for.
     *
     * @return 1 or more
     */
    public int asked() {
        return asked;
    }

    /**
     * How it ended.
     *
     * @return {@link GenerationOutcome#UNFINISHED} before it ends
     */
    public synchronized GenerationOutcome outcome() {
        return outcome;
    }

    /**
     * Why it failed, as a word.
     *
     * @return {@code moderation} or {@code timed_out}, for example; {@code none} where the outcome says it all
     */
    public synchronized String reason() {
        return reason;
    }

    /**
     * What was made, and what it cost.
     *
     * @return null unless it was a success
     */
    public synchronized @Nullable ImageResult result() {
        return result;
    }

    /**
     * How long the first preview took, from the subscription.
     *
     * @return null if there was none
     */
    public synchronized @Nullable Duration timeToFirstPreview() {
        return firstPreview < 0 ? null : Duration.ofNanos(firstPreview - began);
    }

    /**
     * How long it waited for a rate limit.
     *
     * @return zero if it was not held back
     */
    public synchronized Duration throttledFor() {
        return Duration.ofNanos(throttledFor);
    }

    /**
     * How often it was sent again after it was refused or not accepted.
     *
     * @return 0 or more
     */
    public synchronized int retries() {
        return Math.max(0, attempts - 1);
    }

    /**
     * How many previews came.
     *
     * @return 0 or more
     */
    public synchronized int previews() {
        return previews;
    }

    /**
     * How many final images came, also where the end did not.
     *
     * @return 0 or more
     */
    public synchronized int images() {
        return images;
    }

    /**
     * How many of several images will not come.
     *
     * @return 0 or more
     */
    public synchronized int failures() {
        return failures;
    }

    /**
     * How many bytes of images came, previews included.
     *
     * @return 0 or more
     */
    public synchronized long bytes() {
        return previewBytes + imageBytes;
    }

    /** What whoever traces wants to go out with the request. */
    Map<String, String> headers() {
        return headers;
    }

    synchronized void record(ImageEvent event) {
        if (event instanceof ImageEvent.Partial partial) {
            firstPreview = firstPreview < 0 ? now() : firstPreview;
            previews++;
            previewBytes += partial.image().size();
        } else if (event instanceof ImageEvent.ImageReady ready) {
            images++;
            imageBytes += ready.image().size();
        } else if (event instanceof ImageEvent.ImageFailed) {
            failures++;
        } else if (event instanceof ImageEvent.Completed end) {
            result = end.result(); // which repeats those that were ready
            images = result.images().size();
            imageBytes =
                    result.images().stream().mapToLong(GeneratedImage::size).sum();
            failures = result.failures().size();
        }
    }

    synchronized void waitBegins() {
        waitingSince = now();
        throttled = false;
    }

    synchronized void throttled(Throttled wait) {
        throttled = true;
    }

    synchronized void waitEnds(boolean sends) {
        if (throttled && waitingSince >= 0) {
            throttledFor += now() - waitingSince;
        }
        waitingSince = -1;
        attempts += sends ? 1 : 0;
    }

    /** Whether this was the first end; a cancellation after the last event is none. */
    synchronized boolean end(GenerationOutcome as, String why) {
        if (outcome != GenerationOutcome.UNFINISHED) {
            return false;
        }
        waitEnds(false);
        outcome = result == null ? as : GenerationOutcome.SUCCESS;
        reason = result == null ? why : "none";
        return true;
    }

    private static long now() {
        return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
    }
}
