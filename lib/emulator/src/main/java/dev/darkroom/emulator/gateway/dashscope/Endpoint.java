package dev.darkroom.emulator.gateway.dashscope;

import java.util.Arrays;
import java.util.Optional;

/** Where images are asked for: the path decides how the body is written, and whether the answer is a task. */
enum Endpoint {
    /** Messages in, images out, in one call. */
    MULTIMODAL("/services/aigc/multimodal-generation/generation", false),
    /** Messages in, a task out. */
    IMAGE("/services/aigc/image-generation/generation", true),
    /** A prompt in, a task out: the protocol of the older models. */
    TEXT2IMAGE("/services/aigc/text2image/image-synthesis", true);

    private final String route;
    private final boolean asynchronous;

    Endpoint(String route, boolean asynchronous) {
        this.route = route;
        this.asynchronous = asynchronous;
    }

    static Optional<Endpoint> of(String method, String route) {
        return Arrays.stream(values())
                .filter(endpoint -> method.equals("POST") && endpoint.route.equals(route))
                .findFirst();
    }

    boolean isAsynchronous() {
        return asynchronous;
    }

    /** Whether the request is a prompt, and the answer a list of results. */
    boolean isOld() {
        return this == TEXT2IMAGE;
    }
}
