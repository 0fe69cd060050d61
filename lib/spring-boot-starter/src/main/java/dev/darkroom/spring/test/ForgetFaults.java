package dev.darkroom.spring.test;

import dev.darkroom.emulator.RunningEmulator;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.util.ClassUtils;

/** What one test scripted is no other test's trouble. */
final class ForgetFaults implements TestExecutionListener {

    private static final boolean EMULATOR =
            ClassUtils.isPresent("dev.darkroom.emulator.RunningEmulator", ForgetFaults.class.getClassLoader());

    @Override
    public void afterTestMethod(TestContext test) {
        if (EMULATOR && test.hasApplicationContext()) {
            test.getApplicationContext()
                    .getBeanProvider(RunningEmulator.class)
                    .ifAvailable(RunningEmulator::clearFaults);
        }
    }
}
