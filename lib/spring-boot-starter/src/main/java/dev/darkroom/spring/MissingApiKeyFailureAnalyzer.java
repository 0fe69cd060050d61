package dev.darkroom.spring;

import java.util.Locale;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do instead of showing a stack trace. */
final class MissingApiKeyFailureAnalyzer extends AbstractFailureAnalyzer<MissingApiKeyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingApiKeyException cause) {
        var variable = cause.property().replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
        return new FailureAnalysis(
                "Cannot make an image client: " + cause.getMessage() + ".",
                "Set " + cause.property() + " (the environment variable " + variable
                        + " does), or darkroom.emulator.enabled=true to develop without a key and without a network."
                        + " An application with a bean of type ImageApiKeySource or ImageGenerator needs neither.",
                cause);
    }
}
