package dev.darkroom.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to add. */
final class MissingEmulatorFailureAnalyzer extends AbstractFailureAnalyzer<MissingEmulatorException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingEmulatorException cause) {
        var remedy = cause.isThere()
                ? "Keep EmulatorAutoConfiguration, and where an application is processed ahead of time enable it then"
                : "Add the dependency dev.darkroom:darkroom-emulator, which is not on the class path";
        return new FailureAnalysis(
                "Cannot reach the emulator: " + cause.getMessage() + ".",
                remedy + ", or set darkroom.emulator.enabled=false.",
                cause);
    }
}
