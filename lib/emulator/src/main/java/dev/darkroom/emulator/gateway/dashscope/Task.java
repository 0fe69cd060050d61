package dev.darkroom.emulator.gateway.dashscope;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.RenderedPart;
import dev.darkroom.emulator.journal.Background;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The making of images which nobody waits for at a socket. It waits a while in a queue (the first quarter of its time),
 * where it can still be given up; then it runs to its end, whoever asks or does not.
 *
 * <p>Written by the thread which makes the images, read by those which answer questions.
 */
final class Task {

    private static final DateTimeFormatter TIMES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.ofHours(8));

    private final String id;
    private final String owner;
    private final ReplyJson json;
    private final Instant submitted;
    private final Duration queued;
    private final List<RenderedPart> parts = new ArrayList<>();
    private @Nullable Disposable work;
    private @Nullable Instant ended;
    private boolean cancelled;
    private @Nullable ObjectNode answer;

    Task(String id, String owner, ReplyJson json, Instant submitted, Duration queued) {
        this.id = id;
        this.owner = owner;
        this.json = json;
        this.submitted = submitted;
        this.queued = queued;
    }

    String id() {
        return id;
    }

    /** Whether a key may ask for it, and it is not forgotten yet. */
    boolean isKnownTo(String key, Instant now) {
        return owner.equals(key) && now.isBefore(submitted.plus(ReplyJson.LIFETIME));
    }

    synchronized void runs(Disposable making) {
        work = making;
    }

    synchronized void add(RenderedPart part) {
        parts.add(part);
    }

    synchronized void end(Instant now) {
        ended = now;
        json.call().imageCounter().end(isFailed() ? Background.FAILED : Background.FINISHED);
    }

    /** Gives it up, if it has not begun. */
    synchronized boolean cancel(Instant now) {
        if (!status(now).equals("PENDING")) {
            return false;
        }
        cancelled = true;
        ended = now;
        if (work != null) {
            work.dispose();
        }
        json.call().imageCounter().end(Background.CANCELLED);
        return true;
    }

    synchronized String status(Instant now) {
        if (cancelled) {
            return "CANCELED";
        }
        if (ended != null) {
            return isFailed() ? "FAILED" : "SUCCEEDED";
        }
        return now.isBefore(submitted.plus(queued)) ? "PENDING" : "RUNNING";
    }

    /** What becomes of it, in full once it has ended, and then always the same. */
    synchronized ObjectNode json(Instant now) {
        if (answer == null
                || !answer.path("output").path("task_status").asString("").equals(status(now))) {
            answer = answer(now);
        }
        return answer.deepCopy();
    }

    private ObjectNode answer(Instant now) {
        var status = status(now);
        var document = Json.object().put("request_id", json.requestId());
        var output = document.putObject("output").put("task_id", id).put("task_status", status);
        output.put("submit_time", TIMES.format(submitted));
        if (!status.equals("PENDING")) {
            output.put("scheduled_time", TIMES.format(submitted.plus(queued)));
        }
        if (ended != null) {
            output.put("end_time", TIMES.format(ended));
        }
        if (status.equals("FAILED")) {
            Errors.failed(output, flagged());
        }
        if (!status.equals("SUCCEEDED")) {
            return document;
        }
        json.made(output, parts);
        return json.withUsage(document, parts);
    }

    private boolean isFailed() {
        return parts.stream().noneMatch(RenderedPart.Finished.class::isInstance) && !parts.isEmpty();
    }

    private boolean flagged() {
        return parts.get(parts.size() - 1) instanceof RenderedPart.Failed failed && failed.flagged();
    }
}
