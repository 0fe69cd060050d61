package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.imageRequest;

import java.net.URI;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The APIs the emulator speaks, and how each is asked for a small picture. */
enum TestGateway {
    OPENROUTER("/images", true, "openai/gpt-image-1-mini"),
    TOKEN360("/images/generations", false, "seedream-4.5"),
    MYROUTER("/seedream-4.5", false, "ignored"),
    OPENAI("/images/generations", true, "gpt-image-2"),
    ARK("/images/generations", true, "seedream-4-5-251128"),
    MINIMAX("/images/generations", true, "MiniMax-H3-Image");

    private final String route;
    private final boolean streams;
    private final String model;

    TestGateway(String route, boolean streams, String model) {
        this.route = route;
        this.streams = streams;
        this.model = model;
    }

    private URI base(RunningEmulator emulator) {
        return emulator.baseUrl(name().toLowerCase(Locale.ROOT));
    }

    TestClient client(RunningEmulator emulator) {
        return new TestClient(base(emulator), "sk-test");
    }

    String route() {
        return route;
    }

    /** As an HTTP request line names it. */
    String path(RunningEmulator emulator) {
        return base(emulator).getPath() + route;
    }

    boolean streams() {
        return streams;
    }

    ObjectNode body(boolean stream) {
        var body = imageRequest(model);
        return stream ? body.put("stream", true) : body;
    }

    /** A request for several images. */
    ObjectNode several(int images, boolean stream) {
        var body = body(stream);
        return switch (this) {
            case OPENROUTER, OPENAI, MINIMAX -> body.put("n", images);
            case TOKEN360, MYROUTER, ARK ->
                body.put("prompt", images + " pictures of a fox").put("sequential_image_generation", "auto");
        };
    }
}
