package dev.darkroom.internal.gateway.openrouter;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Lookup;
import dev.darkroom.dialect.Payload;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GenerationRecord;
import dev.darkroom.image.GenerationRecord.Status;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Usage;
import dev.darkroom.internal.gateway.common.Fields;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * OpenRouter's {@code GET /generation?id=}: cost and end of a generation, minutes after it, and never its picture. Until then it
 * answers 404.
 *
 * @see <a href="https://openrouter.ai/docs/api-reference/get-a-generation">OpenRouter, get a generation</a>
 */
final class OpenRouterLookup implements Lookup {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,256}");
    private static final Set<String> FAILED = Set.of("error", "content_filter", "failed");

    @Override
    public Optional<ApiCall> ask(Sought sought) {
        var id = sought.generationId();
        if (id != null && !ID.matcher(id).matches()) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent to " + OpenRouter.NAME + ": a generation id is made of letters, digits and . _ ~ - alone",
                    FailureDetails.NONE);
        }
        return Optional.ofNullable(id)
                .map(known ->
                        new ApiCall("GET", "/generation?id=" + known, Map.of("Accept", "application/json"), List.of()));
    }

    @Override
    public GenerationRecord read(Sought sought, Payload answer) {
        var data = answer.json().path("data");
        var record = data.isObject() ? data : answer.json();
        var id = Fields.text(record, "id");
        if (id == null) {
            throw new IllegalArgumentException("there is no generation in it");
        }
        return GenerationRecord.of(status(record))
                .withGenerationId(id)
                .withProvider(Fields.text(record, "provider_name"))
                .withCreated(instant(Fields.text(record, "created_at")))
                .withUsage(usage(record));
    }

    private static Status status(JsonNode record) {
        if (Fields.flag(record, "cancelled")) {
            return Status.CANCELLED;
        }
        var finish = Fields.text(record, "finish_reason");
        var answers = record.path("provider_responses")
                .valueStream()
                .map(each -> Fields.number(each, "status"))
                .filter(number -> number != null)
                .toList();
        var isRefused = !answers.isEmpty() && answers.stream().noneMatch(status -> status.intValue() < 400);
        if (isRefused || (finish != null && FAILED.contains(finish))) {
            return Status.FAILED;
        }
        var cost = Fields.number(record, "total_cost");
        var isBilled = cost != null && cost.signum() > 0;
        return finish != null || isBilled || !answers.isEmpty() ? Status.MADE : Status.RUNNING;
    }

    private static Usage usage(JsonNode record) {
        var cost = Fields.number(record, "total_cost");
        var images = Fields.number(record, "num_media_completion");
        return new Usage(
                whole(record, "tokens_prompt"),
                whole(record, "tokens_completion"),
                null,
                images == null || images.signum() < 0 ? null : Integer.valueOf(images.intValue()),
                cost,
                cost == null ? null : "USD",
                Fields.map(record));
    }

    private static @Nullable Long whole(JsonNode record, String name) {
        var number = Fields.number(record, name);
        return number == null ? null : Long.valueOf(number.longValue());
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
