package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.openai.Words;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The router's words for what the Responses API says in OpenAI's. What is wrong with a field is said as OpenAI says it. */
record RoutedWords() implements Words {

    @Override
    public Reply modelNotFound(String id) {
        return Errors.error(400, id + " is not a valid model ID");
    }

    @Override
    public Optional<Reply> refusal(String model, ErrorContext error) {
        return Optional.of(new FaultReplies(model, "OpenAI", "", error).reply());
    }

    @Override
    public ObjectNode failure(String model, Fault why) {
        return Json.object().put("code", "server_error").put("message", "Provider returned error");
    }
}
