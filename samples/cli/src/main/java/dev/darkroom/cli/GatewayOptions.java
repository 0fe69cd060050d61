package dev.darkroom.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose API is spoken, where it is, and with which key. */
abstract sealed class GatewayOptions permits ServiceOptions, StoredImagesOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            completionCandidates = Provider.Names.class,
            description = "Whose API: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Provider provider;

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
            names = "--download-from",
            paramLabel = "HOST",
            split = ",",
            description = "Where images that come by URL may also lie: hosts, addresses and ranges of addresses besides"
                    + " the public Internet.")
    private String[] downloadFrom = {};

    /** With the one to ask if none is named. */
    GatewayOptions(Provider defaultProvider) {
        this.provider = defaultProvider;
    }

    final Provider provider() {
        return provider;
    }

    final boolean hasBaseUrl() {
        return baseUrl != null;
    }

    final @Nullable String key(ProcessContext process) {
        return apiKey != null ? apiKey : process.variable(provider.keyVariable());
    }

    final Service openReal(@Nullable String key) {
        try {
            return Service.real(provider, baseUrl, key, downloadFrom);
        } catch (IllegalArgumentException e) {
            throw usageError(Objects.requireNonNullElse(e.getMessage(), "the base URL or the key cannot be used"));
        }
    }

    final ParameterException usageError(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
