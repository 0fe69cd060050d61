package dev.darkroom.spring.test;

import dev.darkroom.emulator.RunningEmulator;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.util.ClassUtils;

/** What one test scripted, received and was refused is no other test's trouble. */
final class ForgetfulListener implements TestExecutionListener {

    private static final boolean EMULATOR =
            ClassUtils.isPresent("dev.darkroom.emulator.RunningEmulator", ForgetfulListener.class.getClassLoader());

    @Override
    public void afterTestMethod(TestContext test) {
        if (EMULATOR && test.hasApplicationContext()) {
            var context = test.getApplicationContext();
            context.getBeanProvider(ForgetfulGate.class).ifAvailable(ForgetfulGate::forget);
            context.getBeanProvider(RunningEmulator.class).ifAvailable(emulator -> {
                emulator.clearFaults();
                emulator.journal().clear();
            });
        }
    }
}
