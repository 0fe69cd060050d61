package dev.darkroom.emulator.gateway.dashscope;

import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.ReferenceImages;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.server.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Every rule of a request. A parameter nobody knows is ignored. The header {@code X-DashScope-Async} must be there where
 * the answer is a task, and must not where it is not: they are two paths, not one with a switch.
 *
 * @param defaultSeed of pictures whose request names none
 */
record RequestRules(long defaultSeed) {

    private static final long LARGEST_SEED = Integer.MAX_VALUE;

    ImageRequest read(Call call, Endpoint endpoint) {
        var errors = new FieldErrors();
        boolean asynchronous = "enable".equals(call.header("x-dashscope-async").orElse(""));
        if (asynchronous != endpoint.isAsynchronous()) {
            throw new ErrorReplyException(Errors.error(
                    403,
                    "AccessDenied",
                    "current user api does not support " + (asynchronous ? "asynchronous" : "synchronous")
                            + " calls."));
        }
        var fields = RequestFields.of(call.json(), errors);
        var model = Model.find(fields.requiredText("model"))
                .orElseThrow(() -> new ErrorReplyException(Errors.modelNotFound()));
        if (!model.endpoints().contains(endpoint)) {
            throw invalid("url error, please check url！");
        }
        var input = fields.object("input").orElseThrow(() -> new ErrorReplyException(errors.missing("input")));
        var parameters = fields.object("parameters");
        parameters.ifPresent(RequestRules::checkTypes);
        var content = endpoint.isOld() ? List.<JsonNode>of() : content(input);
        return new ImageRequest(
                endpoint,
                model,
                prompt(endpoint, input, content),
                parameters.flatMap(it -> it.integer("n", 1, model.most())).orElse(model.usual()),
                size(parameters.flatMap(it -> it.text("size")).orElse(model.usualSize()), model),
                parameters.flatMap(RequestRules::seed).orElse(defaultSeed),
                references(content, model),
                parameters.filter(it -> it.has("prompt_extend")).isEmpty()
                        || parameters.orElseThrow().flag("prompt_extend"));
    }

    private static void checkTypes(RequestFields parameters) {
        for (var name : List.of("watermark", "prompt_extend", "thinking_mode", "enable_sequential")) {
            boolean unused = parameters.flag(name);
        }
        var unused = parameters.text("negative_prompt");
    }

    private static Optional<Long> seed(RequestFields parameters) {
        return parameters.number("seed").map(seed -> {
            if (seed < 0 || seed > LARGEST_SEED) {
                throw invalid("seed must be in [0, " + LARGEST_SEED + "]");
            }
            return seed;
        });
    }

    private static List<JsonNode> content(RequestFields input) {
        var messages = input.items("messages");
        if (messages.isEmpty()) {
            throw new ErrorReplyException(new FieldErrors().missing("input.messages"));
        }
        if (messages.size() > 1 || !messages.get(0).path("role").asString("").equals("user")) {
            throw invalid("messages must have exactly one message with the role user");
        }
        return messages.get(0).path("content").valueStream().toList();
    }

    private static String prompt(Endpoint endpoint, RequestFields input, List<JsonNode> content) {
        if (endpoint.isOld()) {
            return input.text("prompt")
                    .filter(text -> !text.isBlank())
                    .orElseThrow(() -> new ErrorReplyException(new FieldErrors().missing("input.prompt")));
        }
        var texts = content.stream().filter(part -> part.has("text")).toList();
        if (texts.size() != 1 || texts.get(0).path("text").asString("").isBlank()) {
            throw invalid("content must have exactly one text");
        }
        return texts.get(0).path("text").stringValue();
    }

    private static Dimensions size(String size, Model model) {
        return model.sizes()
                .pixels(size)
                .orElseThrow(() -> invalid("size " + size + " is not supported, please use " + model.sizes()));
    }

    private static List<Reference> references(List<JsonNode> content, Model model) {
        var references = new ArrayList<Reference>();
        for (var part : content) {
            if (part.has("image")) {
                references.add(ReferenceImages.of(part.path("image").asString(""))
                        .orElseThrow(() -> invalid("image must be a URL, or a data URL of an image")));
            }
        }
        if (references.size() > model.references()) {
            throw invalid("the model takes " + model.references() + " images at most");
        }
        return List.copyOf(references);
    }

    private static ErrorReplyException invalid(String why) {
        return new ErrorReplyException(Errors.invalid(why));
    }
}
