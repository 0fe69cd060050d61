package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.imageRequest;

import dev.darkroom.emulator.fault.Fault;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The APIs the emulator speaks, and how each is asked for a small picture. */
enum TestGateway {
    OPENROUTER("/images", true, "openai/gpt-image-1-mini"),
    TOKEN360("/images/generations", false, "seedream-4.5"),
    MYROUTER("/seedream-4.5", false, "ignored"),
    OPENAI("/images/generations", true, "gpt-image-2"),
    AZURE("/images/generations", true, "gpt-image-2"),
    OPENAI_RESPONSES("/responses", true, "gpt-5"),
    ARK("/images/generations", true, "seedream-4-5-251128"),
    MINIMAX("/images/generations", true, "MiniMax-H3-Image"),
    GEMINI("/models/gemini-3.1-flash-image:generateContent", true, "gemini-3.1-flash-image"),
    CHAT_COMPLETIONS("/chat/completions", true, "google/gemini-3.1-flash-image"),
    DASHSCOPE("/services/aigc/multimodal-generation/generation", false, "wan2.7-image-pro");

    private final String route;
    private final boolean streams;
    private final String model;

    TestGateway(String route, boolean streams, String model) {
        this.route = route;
        this.streams = streams;
        this.model = model;
    }

    private URI base(RunningEmulator emulator) {
        return emulator.baseUrl(name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    TestClient client(RunningEmulator emulator) {
        var client = new TestClient(base(emulator), "sk-test");
        return this == GEMINI ? client.withKeyIn("x-goog-api-key") : client;
    }

    String route() {
        return route;
    }

    /** Where a stream is asked for is another place at one of them. */
    String route(boolean stream) {
        return this == GEMINI && stream ? route.replace(":generate", ":streamGenerate") + "?alt=sse" : route;
    }

    /** As an HTTP request line names it, with the key where no header can tell it. */
    String path(RunningEmulator emulator, boolean stream) {
        var key = this == GEMINI ? (stream ? "&" : "?") + "key=sk-test" : "";
        return base(emulator).getPath() + route(stream) + key;
    }

    /** Whether a flagged prompt is no error here. */
    boolean answersFlaggedPrompts(Fault fault) {
        return this == GEMINI && fault == Fault.MODERATION;
    }

    /** What stands in an answer with a picture only. */
    List<String> signsOfAPicture() {
        return this == OPENAI_RESPONSES ? List.of("\"result\":\"") : List.of("completed", "\"data\"");
    }

    boolean streams() {
        return streams;
    }

    ObjectNode body(boolean stream) {
        return body(stream, "a lighthouse at dawn");
    }

    private ObjectNode body(boolean stream, String prompt) {
        if (this == GEMINI) {
            return TestClient.contents(prompt);
        }
        if (this == OPENAI_RESPONSES) {
            return ResponsesTest.body(model).put("input", prompt).put("stream", stream);
        }
        if (this == DASHSCOPE) {
            return TestClient.input(model, prompt, 1);
        }
        var body = this == CHAT_COMPLETIONS
                ? TestClient.messages(model, prompt)
                : imageRequest(model).put("prompt", prompt);
        return stream ? body.put("stream", true) : body;
    }

    /** A request for several images. */
    ObjectNode several(int images, boolean stream) {
        var body = body(stream);
        return switch (this) {
            case OPENROUTER, OPENAI, AZURE, MINIMAX -> body.put("n", images);
            case OPENAI_RESPONSES, GEMINI, CHAT_COMPLETIONS -> body(stream, images + " pictures of a fox");
            case DASHSCOPE -> TestClient.input(model, "a lighthouse at dawn", images);
            case TOKEN360, MYROUTER, ARK ->
                body.put("prompt", images + " pictures of a fox").put("sequential_image_generation", "auto");
        };
    }
}
