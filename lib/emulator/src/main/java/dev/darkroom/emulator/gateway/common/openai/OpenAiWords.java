package dev.darkroom.emulator.gateway.common.openai;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's own words.
 *
 * @param path where images are made, as an error names it
 */
public record OpenAiWords(String path) implements Words {

    @Override
    public Reply modelNotFound(String id) {
        return Errors.modelNotFound(id);
    }

    @Override
    public Optional<Reply> refusal(String model, ErrorContext error) {
        return new FaultReplies(model, path, error).reply();
    }

    @Override
    public ObjectNode failure(String model, Fault why) {
        return switch (why) {
            case MODERATION ->
                Errors.body(FaultReplies.FLAGGED, "image_generation_user_error", null, "moderation_blocked");
            case RATE_LIMIT ->
                Errors.body(
                        "Rate limit reached for " + model + " on input-images per min. Please try again in 1s.",
                        "input-images",
                        null,
                        "rate_limit_exceeded");
            default ->
                Errors.body(
                        "Image generation failed", "image_generation_server_error", null, "image_generation_failed");
        };
    }
}
