package dev.darkroom.cli;

import dev.darkroom.ImageClient;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.internal.gateway.ark.ArkDialect;
import dev.darkroom.internal.gateway.minimax.MiniMaxDialect;
import dev.darkroom.internal.gateway.myrouter.MyRouterDialect;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import dev.darkroom.internal.gateway.token360.Token360Dialect;
import java.net.URI;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A gateway: its dialect, the variable of its key, its default model, and its URL in the emulator. */
enum Provider {
    OPENROUTER("OPENROUTER_API_KEY", "openai/gpt-image-1-mini"),
    TOKEN360("TOKEN360_API_KEY", "dola-seedream-5.0-lite"),
    MYROUTER("MYROUTER_API_KEY", "seedream-4.5"),
    OPENAI("OPENAI_API_KEY", "gpt-image-2"),
    ARK("ARK_API_KEY", "doubao-seedream-4-5-251128"),
    MINIMAX("MINIMAX_API_KEY", "MiniMax-H3-Image");

    private final String keyVariable;
    private final String defaultModel;

    Provider(String keyVariable, String defaultModel) {
        this.keyVariable = keyVariable;
        this.defaultModel = defaultModel;
    }

    /** As it is written on the command line, or anyhow. */
    static Provider of(String word) {
        return Stream.of(values())
                .filter(provider -> provider.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is none of "
                        + Stream.of(values()).map(Provider::toString).collect(Collectors.joining(", "))));
    }

    /** The model of a request which names none. */
    String defaultModel() {
        return defaultModel;
    }

    /** The environment variable which holds the key. */
    String keyVariable() {
        return keyVariable;
    }

    /** A client of the real service, without a key. */
    ImageClient client() {
        return ImageClient.of(dialect());
    }

    /** How it speaks. */
    Dialect dialect() {
        return switch (this) {
            case OPENROUTER -> new OpenRouterDialect();
            case TOKEN360 -> new Token360Dialect();
            case MYROUTER -> new MyRouterDialect();
            case OPENAI -> new OpenAiDialect();
            case ARK -> new ArkDialect();
            case MINIMAX -> new MiniMaxDialect();
        };
    }

    /** Where an emulator stands in for the service. */
    URI baseUrl(RunningEmulator emulator) {
        return emulator.baseUrl(toString());
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
