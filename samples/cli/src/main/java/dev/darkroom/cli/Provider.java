package dev.darkroom.cli;

import dev.darkroom.ImageClient;
import dev.darkroom.dialect.OpenRouterDialect;
import dev.darkroom.emulator.RunningEmulator;
import java.net.URI;
import java.util.Locale;

/** Whose API is spoken, where its key is found, and where the emulator speaks it. */
enum Provider {
    OPENROUTER("OPENROUTER_API_KEY", "openai/gpt-image-1-mini") {
        @Override
        ImageClient client() {
            return ImageClient.of(new OpenRouterDialect());
        }

        @Override
        URI baseUrl(RunningEmulator emulator) {
            return emulator.openRouterBaseUrl();
        }
    };

    private final String keyVariable;
    private final String defaultModel;

    Provider(String keyVariable, String defaultModel) {
        this.keyVariable = keyVariable;
        this.defaultModel = defaultModel;
    }

    /** Who paints if nobody is named. */
    String defaultModel() {
        return defaultModel;
    }

    /** The environment variable which holds the key. */
    String keyVariable() {
        return keyVariable;
    }

    /** A client of the real service, without a key. */
    abstract ImageClient client();

    /** Where an emulator stands in for the service. */
    abstract URI baseUrl(RunningEmulator emulator);

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
