package dev.darkroom.json;

import dev.darkroom.gate.Throttled;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.Outcome;
import dev.darkroom.image.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes one value, member by member. What a gateway says in its own words is left out: it may quote the prompt or an
 * account.
 */
record Writing(JsonGenerator json, ImageWriting images, Sent sent) {

    void event(JsonEvent event) {
        if (event.event().isPresent()) {
            event(event.event().get());
        } else if (event.failure().isPresent()) {
            failure(event.failure().get());
        } else if (event.throttled().isPresent()) {
            throttled(event.throttled().get());
        } else {
            unknown(event.type(), event.members());
        }
    }

    void event(ImageEvent event) {
        begin(EventType.of(event));
        if (event instanceof ImageEvent.Partial partial) {
            json.writeNumberProperty("partialIndex", partial.partialIndex());
            json.writeName("image");
            images.write(partial.imageIndex(), partial.image(), false);
        } else if (event instanceof ImageEvent.TextChunk chunk) {
            json.writeStringProperty("phase", chunk.phase());
            json.writeStringProperty("text", chunk.text());
        } else if (event instanceof ImageEvent.ImageReady ready) {
            json.writeName("image");
            image(ready.image());
        } else if (event instanceof ImageEvent.ImageFailed failed) {
            json.writeName("failure");
            imageFailure(failed.failure());
        } else if (event instanceof ImageEvent.Completed completed) {
            json.writeName("result");
            result(completed.result());
        }
        json.writeEndObject();
    }

    private void begin(EventType type) {
        json.writeStartObject();
        json.writeStringProperty("type", type.word());
    }

    void image(GeneratedImage image) {
        images.write(image.index(), image, sent.images().contains(image.index()));
    }

    private void images(Iterable<GeneratedImage> all) {
        json.writeArrayPropertyStart("images");
        all.forEach(this::image);
        json.writeEndArray();
    }

    private void imageFailure(ImageFailure failure) {
        json.writeStartObject();
        json.writeNumberProperty("index", failure.index());
        text("code", failure.code());
        json.writeEndObject();
    }

    void result(ImageResult result) {
        json.writeStartObject();
        images(result.images());
        if (!result.failures().isEmpty()) {
            json.writeArrayPropertyStart("failures");
            result.failures().forEach(this::imageFailure);
            json.writeEndArray();
        }
        if (result.usage() != null) {
            usage("usage", result.usage());
        }
        if (result.svgUsage() != null) {
            usage("svgUsage", result.svgUsage());
        }
        text("created", result.created());
        text("generationId", result.generationId());
        text("provider", result.provider());
        text("text", result.text());
        if (!result.warnings().isEmpty()) {
            json.writeArrayPropertyStart("warnings");
            result.warnings().forEach(json::writeString);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void usage(String name, Usage usage) {
        json.writeObjectPropertyStart(name);
        if (usage.inputTokens() != null) {
            json.writeNumberProperty("inputTokens", usage.inputTokens());
        }
        if (usage.outputTokens() != null) {
            json.writeNumberProperty("outputTokens", usage.outputTokens());
        }
        if (usage.totalTokens() != null) {
            json.writeNumberProperty("totalTokens", usage.totalTokens());
        }
        if (usage.images() != null) {
            json.writeNumberProperty("images", usage.images());
        }
        if (usage.cost() != null) {
            json.writeNumberProperty("cost", usage.cost());
        }
        text("costUnit", usage.costUnit());
        if (!usage.fields().isEmpty()) {
            json.writePOJOProperty("fields", usage.fields());
        }
        json.writeEndObject();
    }

    void failure(ImageException failure) {
        begin(EventType.FAILED);
        json.writeStringProperty("kind", failure.outcome().word());
        if (failure.reason() != null) {
            json.writeStringProperty("reason", Words.of(failure.reason()));
        }
        text("message", failure.getMessage());
        json.writeBooleanProperty("mayHaveBeenMade", mayHaveBeenMade(failure.outcome()));
        json.writeStringProperty("billed", Words.of(failure.billed()));
        json.writeBooleanProperty("retryable", failure.outcome().isRetryable());
        text("retryAt", failure.retryAt());
        if (failure.status() != null) {
            json.writeNumberProperty("status", failure.status());
        }
        text("code", failure.details().code());
        text("provider", failure.details().provider());
        text("generationId", failure.details().generationId());
        partialResult(failure);
        json.writeEndObject();
    }

    private static boolean mayHaveBeenMade(Outcome outcome) {
        return outcome == Outcome.GENERATION_FAILED || outcome == Outcome.OUTCOME_UNKNOWN;
    }

    private void partialResult(ImageException failure) {
        var partial = failure.partialResult();
        if (partial.lastPartial() == null && partial.images().isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart("partialResult");
        if (partial.lastPartial() != null) {
            var last = partial.lastPartial();
            json.writeObjectPropertyStart("lastPartial");
            json.writeNumberProperty("partialIndex", last.partialIndex());
            json.writeName("image");
            images.write(last.imageIndex(), last.image(), sent.lastPartial());
            json.writeEndObject();
        }
        if (!partial.images().isEmpty()) {
            images(partial.images());
        }
        json.writeEndObject();
    }

    private void throttled(Throttled throttled) {
        begin(EventType.THROTTLED);
        json.writeStringProperty("until", throttled.until().toString());
        json.writeNumberProperty("attempt", throttled.attempt());
        json.writeStringProperty("model", throttled.quota().model());
        json.writeEndObject();
    }

    private void unknown(String type, Map<String, @Nullable Object> members) {
        json.writeStartObject();
        json.writeStringProperty("type", type);
        members.forEach(json::writePOJOProperty);
        json.writeEndObject();
    }

    private void text(String name, @Nullable Object value) {
        if (value != null) {
            json.writeStringProperty(name, value.toString());
        }
    }
}
