package dev.darkroom.spring.test;

import dev.darkroom.emulator.RunningEmulator;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.util.ClassUtils;

/** Resets emulator and gate after each test: its faults, its journal and its rate limits are not those of the next. */
final class EmulatorResetListener implements TestExecutionListener {

    private static final boolean EMULATOR =
            ClassUtils.isPresent("dev.darkroom.emulator.RunningEmulator", EmulatorResetListener.class.getClassLoader());

    @Override
    public void afterTestMethod(TestContext test) {
        if (EMULATOR && test.hasApplicationContext()) {
            var context = test.getApplicationContext();
            context.getBeanProvider(ResettableGate.class).ifAvailable(ResettableGate::reset);
            context.getBeanProvider(RunningEmulator.class).ifAvailable(emulator -> {
                emulator.clearFaults();
                emulator.journal().clear();
            });
        }
    }
}
