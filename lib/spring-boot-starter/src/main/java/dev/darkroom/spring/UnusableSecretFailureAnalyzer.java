package dev.darkroom.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names the property instead of showing what is in it. */
final class UnusableSecretFailureAnalyzer extends AbstractFailureAnalyzer<UnusableSecretException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableSecretException cause) {
        return new FailureAnalysis(
                "Cannot make an image client: " + cause.getMessage() + ".",
                "Correct " + cause.property() + ", or the environment variable or secret behind it.",
                cause);
    }
}
