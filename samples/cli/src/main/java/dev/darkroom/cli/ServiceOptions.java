package dev.darkroom.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which service to ask. */
final class ServiceOptions {

    private static final String KEY_OF_THE_EMULATOR = "sk-emulator";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--provider", paramLabel = "NAME", description = "Whose API: ${COMPLETION-CANDIDATES}.")
    private Provider provider = Provider.OPENROUTER;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Another place of that API: a proxy, or 'darkroom emulate'.")
    private @Nullable String baseUrl;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "Your key. Other users of this machine can see it here; a variable is more discreet:"
                    + " OPENROUTER_API_KEY, and so on for each provider.")
    private @Nullable String apiKey;

    @Option(
            names = "--emulator",
            description = "Ask the emulator inside, at no cost, even where a key is set. Without a key and a base URL"
                    + " it is asked anyway.")
    private boolean emulator;

    Provider provider() {
        return provider;
    }

    /** Opens it, and says so if it is the emulator. */
    Service open(Surroundings surroundings) {
        var key = apiKey != null ? apiKey : surroundings.variable(provider.keyVariable());
        if (emulator && baseUrl != null) {
            throw mistake("--emulator and --base-url name two services: leave one of them out");
        }
        if (emulator || (key == null && baseUrl == null)) {
            var why = emulator ? "as asked" : "no " + provider.keyVariable() + ", no --api-key, no --base-url";
            surroundings.err().println("darkroom: the emulator inside answers (" + why + "); nothing is billed");
            return Service.emulated(provider, KEY_OF_THE_EMULATOR);
        }
        try {
            return Service.real(provider, baseUrl, key);
        } catch (IllegalArgumentException e) {
            throw mistake(Objects.requireNonNullElse(e.getMessage(), "the base URL or the key cannot be used"));
        }
    }

    private ParameterException mistake(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
