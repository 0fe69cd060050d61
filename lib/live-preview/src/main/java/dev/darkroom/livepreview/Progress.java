package dev.darkroom.livepreview;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageResult;
import dev.darkroom.livepreview.Notice.Asked;
import dev.darkroom.livepreview.Notice.State;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * How far one generation is. Written by its pipeline, read by every browser that watches; each change gets a number from
 * the page's counter, by which a browser knows what is new to it. Nothing here blocks for longer than it takes to copy.
 */
final class Progress {

    private final int id;
    private final Asked asked;
    private final Scheduler clock;
    private final ChangeSignal changes;
    private final long started;

    private final Map<Integer, Picture> pictures = new TreeMap<>();
    private final Map<Integer, Picture> replaced = new HashMap<>();
    private final Map<Integer, Integer> versions = new HashMap<>();
    private final Map<Integer, String> failures = new TreeMap<>();
    private State state = State.WAITING;
    private long introduced;
    private long changed;
    private long ended;
    private @Nullable Instant until;
    private int refusals;
    private @Nullable Long markup;
    private @Nullable BigDecimal cost;
    private @Nullable BigDecimal estimate;
    private List<String> warnings = List.of();
    private @Nullable Problem problem;

    Progress(int id, Asked asked, Scheduler clock, ChangeSignal changes) {
        this.id = id;
        this.asked = asked;
        this.clock = clock;
        this.changes = changes;
        this.started = now();
    }

    /** From now on browsers hear of it. Said when they can find it: who looks a moment too early must not take it for old. */
    void introduce() {
        synchronized (this) {
            introduced = changes.next();
            changed = introduced;
        }
        changes.notifyWatchers();
    }

    /** What is new to a browser which has seen all changes up to one; null if nothing is. */
    synchronized @Nullable Notice since(long seen) {
        if (changed <= seen) {
            return null;
        }
        var wait = until == null ? null : Long.valueOf(Math.max(0, until.toEpochMilli() - now()));
        return new Notice(
                id,
                introduced > seen ? asked : null,
                state,
                (state.isOver() ? ended : now()) - started,
                wait,
                refusals,
                pictures.entrySet().stream()
                        .map(entry -> Notice.Image.of(entry.getKey(), entry.getValue()))
                        .toList(),
                failures.entrySet().stream()
                        .map(entry -> new Notice.Missing(entry.getKey(), entry.getValue()))
                        .toList(),
                markup,
                cost,
                estimate,
                warnings,
                problem);
    }

    synchronized boolean isOver() {
        return state.isOver();
    }

    /** The picture of an image which is newest; null if there is none yet. */
    synchronized @Nullable Picture picture(int index) {
        return pictures.get(index);
    }

    synchronized boolean hasLast(int index) {
        var picture = pictures.get(index);
        return picture != null && picture.last();
    }

    synchronized int nextVersion(int index) {
        return versions.merge(index, 1, Integer::sum);
    }

    /** The one before the last stays, because a browser may be about to open it; null, or the one before that, now of no use. */
    @Nullable
    Picture show(int index, Picture picture) {
        var unused = new AtomicReference<@Nullable Picture>();
        change(() -> {
            var before = pictures.put(index, picture);
            unused.set(before == null ? null : replaced.put(index, before));
            develop();
        });
        return unused.get();
    }

    void throttled(Instant until, int refusals) {
        change(() -> {
            this.until = until;
            this.refusals = Math.max(this.refusals, refusals);
            state = State.THROTTLED;
        });
    }

    void wrote(ImageEvent.TextChunk chunk) {
        change(() -> {
            markup = Objects.requireNonNullElse(markup, 0L) + chunk.text().length();
            develop();
        });
    }

    void missing(ImageFailure failure) {
        missing(failure.index(), words(failure));
    }

    void missing(int index, String words) {
        change(() -> {
            failures.put(index, words);
            develop();
        });
    }

    private static String words(ImageFailure failure) {
        var said = Objects.requireNonNullElse(failure.providerMessage(), failure.code());
        return "is not coming" + (said == null ? "" : ": " + said);
    }

    void estimate(BigDecimal least) {
        change(() -> estimate = least);
    }

    void done(ImageResult result) {
        end(State.DONE, () -> {
            result.failures().forEach(failure -> failures.put(failure.index(), words(failure)));
            var usage = result.usage();
            // The page shows dollars, and sums them.
            cost = usage == null || !"USD".equals(usage.costUnit()) ? null : usage.cost();
            warnings = result.warnings();
        });
    }

    void failed(Problem why) {
        end(State.FAILED, () -> problem = why);
    }

    void cancelled() {
        end(State.CANCELLED, () -> {});
    }

    /** The first end is the one that counts. */
    private void end(State last, Runnable change) {
        change(() -> {
            change.run();
            state = last;
            until = null;
            ended = now();
        });
    }

    private void develop() {
        state = State.DEVELOPING;
        until = null;
    }

    /** Nothing changes after the end. */
    private void change(Runnable change) {
        synchronized (this) {
            if (state.isOver()) {
                return;
            }
            change.run();
            changed = changes.next();
        }
        changes.notifyWatchers();
    }

    private long now() {
        return clock.now(TimeUnit.MILLISECONDS);
    }
}
