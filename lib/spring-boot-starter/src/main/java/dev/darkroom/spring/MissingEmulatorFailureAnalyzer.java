package dev.darkroom.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to add. */
final class MissingEmulatorFailureAnalyzer extends AbstractFailureAnalyzer<MissingEmulatorException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingEmulatorException cause) {
        return new FailureAnalysis(
                "Cannot start the emulator: " + cause.getMessage() + ".",
                "Add the dependency dev.darkroom:darkroom-emulator, or set darkroom.emulator.enabled=false.",
                cause);
    }
}
