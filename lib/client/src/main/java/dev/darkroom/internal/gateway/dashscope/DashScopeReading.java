package dev.darkroom.internal.gateway.dashscope;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.DashScope;
import dev.darkroom.image.Billed;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.Answers;
import dev.darkroom.internal.gateway.common.CompletedEvents;
import dev.darkroom.internal.gateway.common.Failures;
import dev.darkroom.internal.gateway.common.Fields;
import dev.darkroom.internal.gateway.common.NamedImage;
import dev.darkroom.internal.gateway.common.Origin;
import dev.darkroom.internal.gateway.common.ResponseState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads an answer: the images of a call, or how far a task is. The hard case is a task of which nothing is known: one that was just
 * made may not be known everywhere, so it is asked for a few times more before that is believed.
 */
final class DashScopeReading implements Reading {

    /** Nothing that means something in a path. */
    private static final Pattern ID = Pattern.compile("(?!\\.+$)[A-Za-z0-9._~:-]{1,256}");

    private static final Set<String> WAITING = Set.of("PENDING", "RUNNING", "SUSPENDED");
    private static final Set<String> PLACED = Set.of("output", "usage", "request_id", "code", "message", "status_code");
    private static final List<String> IMAGES = List.of("image", "url", "b64_json");
    private static final List<String> PROMPTS = List.of("actual_prompt");
    private static final int MOST_UNKNOWN = 4;
    private static final Map<String, String> JSON = Map.of("Accept", "application/json");

    private final Answers answers;
    private final Failures failures;
    /** Reads what has no output: an error in whatever shape. */
    private final Reading others;

    private final ResponseState state;
    private @Nullable Task task;
    private boolean heard;
    private boolean over;

    DashScopeReading(Answers answers, Reply reply) {
        this(answers, reply, null);
    }

    private DashScopeReading(Answers answers, Reply reply, @Nullable Task before) {
        this.answers = answers;
        this.failures = new Failures(answers.words(), answers.origins().apply(reply));
        this.others = answers.reading(reply, new CompletedEvents(1));
        this.state = new ResponseState(failures.head());
        this.task = before == null ? null : before.next();
    }

    @Override
    public List<ImageEvent> read(Payload payload) {
        if (state.isComplete()) {
            return List.of();
        }
        if (!payload.json().path("output").isObject()) {
            return others.read(payload);
        }
        heard = true;
        var json = payload.json();
        var output = json.path("output");
        var status = Objects.requireNonNullElse(Fields.text(output, "task_status"), "");
        name(Fields.text(output, "task_id"));
        if (WAITING.contains(status) || (status.isEmpty() && task != null && isSilent(json))) {
            return List.of();
        }
        return switch (status) {
            case "UNKNOWN" -> unknown();
            case "CANCELED", "CANCELLED" -> throw cancelled(output);
            case "FAILED" -> throw failed(payload, output);
            default -> images(payload, json);
        };
    }

    /** By what a task is asked for of which nothing but the id is known. */
    static Handle task(Answers answers, String id) {
        if (!ID.matcher(id).matches()) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent to " + DashScope.NAME
                            + ": the id of a task is made of letters, digits and . _ ~ : - alone",
                    FailureDetails.NONE);
        }
        return new Task(answers, id, 0, 0);
    }

    private void name(@Nullable String id) {
        if (id != null && ID.matcher(id).matches()) {
            task = task != null && task.id().equals(id) ? task : new Task(answers, id, 0, 0);
            state.named(id);
        }
    }

    /** A task alone, which says neither how far it is nor what came of it. */
    private static boolean isSilent(JsonNode json) {
        return !json.path("output").has("choices") && !json.path("output").has("results") && !json.has("code");
    }

    private List<ImageEvent> images(Payload payload, JsonNode json) {
        var output = json.path("output");
        for (JsonNode choice : output.path("choices")) {
            for (JsonNode part : choice.path("message").path("content")) {
                if (part.has("image")) {
                    settle(payload, part);
                }
            }
        }
        for (JsonNode result : output.path("results")) {
            settle(payload, result);
        }
        if (state.count() == 0 && !json.path("code").asString("").isEmpty()) {
            throw failed(payload, json);
        }
        over = true;
        state.account(json);
        state.describe(json, PLACED);
        if (task != null) {
            state.named(task.id());
        }
        return List.of(state.completed());
    }

    private void settle(Payload payload, JsonNode node) {
        payload.admit(state.count() + 1);
        var index = state.count();
        var named = new NamedImage(payload, node, IMAGES, PROMPTS);
        var image = named.image(index);
        if (image == null) {
            state.fail(named.failure(index));
        } else {
            state.ready(image);
        }
    }

    private List<ImageEvent> unknown() {
        var known = task;
        if (known == null || known.unknown() + 1 >= MOST_UNKNOWN) {
            over = true;
            throw origin().unknown(
                            OutcomeUnknownException.Reason.UNDECODABLE,
                            "does not know the task that it had named",
                            PartialResult.NOTHING);
        }
        task = new Task(answers, known.id(), known.asked(), known.unknown() + 1);
        return List.of();
    }

    private ImageException cancelled(JsonNode output) {
        over = true;
        return new GenerationFailedException(
                origin().gateway() + " did not make the image: the task was cancelled",
                origin().details().withCode(Fields.text(output, "task_status")),
                Billed.NO,
                PartialResult.NOTHING);
    }

    private ImageException failed(Payload payload, JsonNode part) {
        over = true;
        return new Failures(answers.words(), origin()).read(payload, part, false, PartialResult.NOTHING);
    }

    private Origin origin() {
        return task == null ? failures.head() : failures.head().withGenerationId(task.id());
    }

    @Override
    public boolean isComplete() {
        return state.isComplete() || others.isComplete();
    }

    @Override
    public ImageException end() {
        if (!heard) {
            return others.end();
        }
        return origin().unknown(
                        OutcomeUnknownException.Reason.CUT,
                        "ended the answer before the image was complete",
                        state.partialResult());
    }

    @Override
    public PartialResult partialResult() {
        return heard ? state.partialResult() : others.partialResult();
    }

    @Override
    public Optional<Handle> handle() {
        return over ? Optional.empty() : Optional.ofNullable(task);
    }

    /**
     * A task.
     *
     * @param asked how often it was asked for
     * @param unknown how often it was not known
     */
    private record Task(Answers answers, String id, int asked, int unknown) implements Handle {

        private static final Duration FIRST = Duration.ofSeconds(1);
        private static final int LONGEST = 5;

        Task next() {
            return new Task(answers, id, asked + 1, unknown);
        }

        @Override
        public ApiCall ask() {
            return new ApiCall("GET", "/tasks/" + id, JSON, List.of());
        }

        @Override
        public Reading reading(Reply reply) {
            return new DashScopeReading(answers, reply, this);
        }

        /** Many are done within some seconds, and twenty asks a second are all a key has. */
        @Override
        public Duration pause() {
            return FIRST.multipliedBy(Math.min(asked + 1L, LONGEST));
        }

        @Override
        public Optional<ApiCall> cancel() {
            return Optional.of(new ApiCall("POST", "/tasks/" + id + "/cancel", JSON, List.of()));
        }
    }
}
