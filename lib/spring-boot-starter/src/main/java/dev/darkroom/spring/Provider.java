package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.OpenRouterDialect;

/** Whose API a client speaks. */
public enum Provider {
    /** OpenRouter's Image API. */
    OPENROUTER {
        @Override
        Dialect dialect() {
            return new OpenRouterDialect();
        }
    };

    abstract Dialect dialect();

    /** Without a key. */
    ImageClient client() {
        return ImageClient.of(dialect());
    }

    /** What messages and metrics call it. */
    String word() {
        return dialect().name();
    }
}
