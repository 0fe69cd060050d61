package dev.darkroom.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test that mostly waits, in real time, for a second that a server names or a limit of some: it runs beside the other tests of
 * its class, and each of its invocations beside each other. The classes still follow one another. A limit which may end a call only
 * once it was sent is at least three seconds: many that begin at once in a cold JVM on a busy machine need one for a connection.
 *
 * <p>Only where {@code junit-platform.properties} allows it; elsewhere it does nothing. Not for a test which computes, since
 * there are no more cores than before. No test of its class may share with another what it changes: a field that is static, a
 * server whose faults stand in a line, the clock ({@code VirtualTimeScheduler}), what loggers are told, the errors that were
 * dropped ({@link HouseRules#takeDroppedErrors()}). An error dropped by one may be charged to its neighbour. What is shared by
 * annotation, an instance or {@link Material}, is refused.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(SideBySide.NothingIsShared.class)
public @interface SideBySide {

    /** Called by JUnit before each test that runs beside others, on its thread. */
    final class NothingIsShared implements BeforeEachCallback {

        @Override
        public void beforeEach(ExtensionContext context) {
            check(
                    context.getRequiredTestClass(),
                    context.getTestInstanceLifecycle().orElseThrow());
        }

        static void check(Class<?> tests, TestInstance.Lifecycle lifecycle) {
            if (lifecycle == TestInstance.Lifecycle.PER_CLASS) {
                throw new IllegalStateException(tests.getName() + " has one instance for tests that run side by side");
            }
            if (readsMaterial(tests)
                    || Arrays.stream(tests.getDeclaredMethods()).anyMatch(NothingIsShared::readsMaterial)) {
                throw new IllegalStateException(tests.getName()
                        + " reads material, and who asked in vain is remembered for one test at a time");
            }
        }

        private static boolean readsMaterial(AnnotatedElement tests) {
            return AnnotationSupport.isAnnotated(tests, NeedsMaterial.class);
        }
    }
}
