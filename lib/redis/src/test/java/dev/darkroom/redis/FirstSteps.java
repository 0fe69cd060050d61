package dev.darkroom.redis;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageRequest;

/** What the README prints, so that it compiles. Not run: it names a Redis that may be somebody's. */
final class FirstSteps {

    private FirstSteps() {}

    static void paint(String key, ImageRequest request) {
        try (var gate = RedisRateGate.connect("redis://localhost:6379");
                var images = ImageClient.openAi(key).rateLimits(r -> r.gate(gate))) {
            images.result(request).block();
        }
    }
}
