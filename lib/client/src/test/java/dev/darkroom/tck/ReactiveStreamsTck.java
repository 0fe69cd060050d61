package dev.darkroom.tck;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;
import org.testng.annotations.Test;

/**
 * Runs the <a href="https://github.com/reactive-streams/reactive-streams-jvm/tree/v1.0.4/tck">Reactive Streams TCK</a>, which is
 * written for TestNG, as tests of JUnit: one for each rule. A rule which cannot be tested of this publisher is skipped
 * with its reason.
 */
public final class ReactiveStreamsTck {

    /** "Eventually", says the rule; the TCK gives the collector a tenth of a second to tell of it, which a busy machine may take. */
    private static final String EVENTUALLY =
            "required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber";

    private static final int COLLECTIONS = 10;

    private ReactiveStreamsTck() {}

    /**
     * Waits as long as need be for a signal that must come, so that no busy machine breaks a rule; and a moment for one that must
     * not, where more than that could only find more.
     */
    public static TestEnvironment environment() {
        return new TestEnvironment(120_000, 50, 50);
    }

    /**
     * A test for each rule of a publisher.
     *
     * @param verification makes the verification, anew for each rule
     * @return the tests, in the order of their names
     */
    public static Stream<DynamicTest> of(Supplier<? extends PublisherVerification<?>> verification) {
        return Arrays.stream(PublisherVerification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .filter(method -> !method.getName().startsWith("untested_")) // the TCK knows no test for these rules
                .sorted(Comparator.comparing(Method::getName))
                .map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> verify(verification, rule)));
    }

    private static void verify(Supplier<? extends PublisherVerification<?>> verification, Method rule)
            throws Throwable {
        for (var tries = rule.getName().equals(EVENTUALLY) ? COLLECTIONS : 1; ; tries--) {
            try {
                verify(verification.get(), rule);
                return;
            } catch (AssertionError e) {
                if (tries == 1) {
                    throw e;
                }
            }
        }
    }

    private static void verify(PublisherVerification<?> verification, Method rule) throws Throwable {
        verification.setUp();
        try {
            rule.invoke(verification);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SkipException reason) {
                Assumptions.abort(reason.getMessage());
            }
            throw e.getCause();
        }
    }
}
