package dev.darkroom.emulator.gateway.azure;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.Timing;
import dev.darkroom.emulator.gateway.common.openai.Words;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Azure's words for what OpenAI's API says in others.
 *
 * @param timing the clock
 */
record AzureWords(Timing timing) implements Words {

    @Override
    public Reply modelNotFound(String id) {
        return Errors.noDeployment();
    }

    @Override
    public Optional<Reply> refusal(String model, ErrorContext error) {
        return new FaultReplies(error).reply();
    }

    @Override
    public ObjectNode failure(String model, Fault why) {
        return switch (why) {
            case MODERATION -> Errors.filtered();
            case RATE_LIMIT ->
                Errors.body("429", "Requests have exceeded the rate limit. Please retry after 1 seconds.");
            default -> Errors.body("InternalServerError", "The server had an error while processing your request.");
        };
    }

    @Override
    public Reply nothingMade(String model, Fault why) {
        return why == Fault.MODERATION ? Errors.contentFilter(timing.seconds()) : Words.super.nothingMade(model, why);
    }
}
