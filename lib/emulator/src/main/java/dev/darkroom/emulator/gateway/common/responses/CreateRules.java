package dev.darkroom.emulator.gateway.common.responses;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.GroupSize;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.gateway.common.openai.Errors;
import dev.darkroom.emulator.gateway.common.openai.FieldErrors;
import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.server.Call;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Every rule of a request to create a response: unknown parameters first, then types, then what must agree with what.
 *
 * @param flavour who asks for them
 * @param store what is kept of earlier responses
 */
record CreateRules(Flavour flavour, ResponseStore store) {

    private static final int MOST_IMAGES = 10;
    private static final Set<String> KNOWN = Set.of(
            "access_programs",
            "background",
            "background_options",
            "context_management",
            "conversation",
            "include",
            "input",
            "instructions",
            "max_output_tokens",
            "max_tool_calls",
            "metadata",
            "model",
            "moderation",
            "parallel_tool_calls",
            "previous_response_id",
            "prompt",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "reasoning",
            "safety_identifier",
            "service_tier",
            "store",
            "stream",
            "stream_options",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "truncation",
            "user");
    /** Of OpenRouter's own; told apart nowhere else. */
    private static final Set<String> ROUTED = Set.of(
            "modalities", "models", "plugins", "provider", "route", "session_id", "trace", "transforms", "top_k");

    CreateRequest read(Call call) {
        var errors = new FieldErrors();
        var fields = RequestFields.of(call.json(), errors);
        var body = Objects.requireNonNull(call.json());
        for (var name : fields.names()) {
            if (!KNOWN.contains(name) && (flavour.stored() || !ROUTED.contains(name))) {
                throw new ErrorReplyException(errors.unknown(name));
            }
        }
        var model = fields.requiredText("model");
        if (!flavour.models().contains(model)) {
            throw new ErrorReplyException(flavour.words().modelNotFound(model));
        }
        if (!fields.has("input")) {
            throw new ErrorReplyException(errors.missing("input"));
        }
        boolean stream = fields.flag("stream");
        boolean background = fields.flag("background");
        boolean stores = flavour.stored() && (!fields.has("store") || fields.flag("store"));
        checkBackground(fields, stream, background, stores);
        var previous = previous(fields);
        var input = new InputReader(store::image);
        if (previous != null) {
            previous.images().forEach(input::see);
        }
        input.read(body.path("input"));
        var prompt = input.prompt();
        if (prompt.isEmpty()) {
            throw new ErrorReplyException(errors.empty("input"));
        }
        var references =
                input.images().stream().map(InputReader.Seen::reference).toList();
        var tool = tool(fields, references);
        return new CreateRequest(
                body,
                model,
                prompt,
                references,
                tool == null || input.images().isEmpty()
                        ? null
                        : tool.retouch(input.images().get(0).file()),
                tool == null ? null : tool.picture(),
                tool == null ? null : tool.echo(),
                tool == null ? 0 : GroupSize.named(prompt, MOST_IMAGES, 1),
                tool == null ? 0 : tool.partials(),
                stream,
                background && flavour.stored(),
                stores,
                previous == null ? null : previous.id());
    }

    private void checkBackground(RequestFields fields, boolean stream, boolean background, boolean stores) {
        if (background && flavour.stored() && !stores) {
            throw invalid("Background mode requires 'store' to be true.", "store", "invalid_value");
        }
        var window = fields.object("background_options", new FieldErrors("background_options."))
                .flatMap(options -> options.oneOf("completion_window", List.of("soonest", "2h", "8h")))
                .orElse("soonest");
        if (!window.equals("soonest") && (!background || stream)) {
            throw invalid(
                    "A completion window of '" + window
                            + "' requires 'background' to be true and 'stream' to be false.",
                    "background_options.completion_window",
                    "invalid_value");
        }
    }

    private @Nullable StoredResponse previous(RequestFields fields) {
        var id = fields.text("previous_response_id").orElse(null);
        if (id == null) {
            return null;
        }
        if (!flavour.stored()) {
            throw invalid("previous_response_id is not supported", "previous_response_id", "unsupported_parameter");
        }
        return store.find(id)
                .orElseThrow(() -> invalid(
                        "Previous response with id '" + id + "' not found.",
                        "previous_response_id",
                        "previous_response_not_found"));
    }

    private @Nullable ImageTool tool(RequestFields fields, List<Reference> references) {
        var tools = fields.items("tools");
        for (int i = 0; i < tools.size(); i++) {
            JsonNode tool = tools.get(i);
            if (flavour.tools().contains(tool.path("type").asString(""))) {
                return ImageTool.read(tool, "tools[" + i + "].", flavour, references);
            }
        }
        return null;
    }

    private static ErrorReplyException invalid(String message, String param, String code) {
        return new ErrorReplyException(Errors.invalid(message, param, code));
    }
}
