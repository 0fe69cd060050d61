package dev.darkroom.testsupport;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Hooks;

/**
 * Fails a test which drops an error or blocks an event loop, and a test class which leaks a buffer; skips a test which
 * asked in vain for {@link Material}, whatever it made of that.
 *
 * <p>Registered for every test of a module which depends on this one (JUnit extension auto-detection). Leaks are
 * looked for once per class, because finding them costs a garbage collection.
 */
public final class HouseRules
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, InvocationInterceptor {

    private static final Queue<Throwable> DROPPED = new ConcurrentLinkedQueue<>();

    static {
        LeakRecords.install();
        // Cancelling a task takes the lock of its executor's queue for a moment; Reactor allows that to its other tasks
        // only. Netty's default allocator adds a share of its memory under the lock of another one, and allows that to
        // nobody. A context of TLS begins with a random number; who reads one elsewhere on an event loop blocks it.
        // A library of native code is loaded once, by whoever needs it first; from JDK 24 on a warning is printed.
        BlockHound.install(
                builder -> builder.allowBlockingCallsInside("reactor.core.scheduler.PeriodicWorkerTask", "dispose")
                        .allowBlockingCallsInside("reactor.core.scheduler.PeriodicSchedulerTask", "dispose")
                        .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                        .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$Magazine", "free")
                        .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "free")
                        .allowBlockingCallsInside("sun.security.ssl.SSLContextImpl", "engineInit")
                        .allowBlockingCallsInside("io.netty.util.internal.NativeLibraryLoader", "load")
                        .blockingMethodCallback(HouseRules::objectTo));
        Hooks.onErrorDropped(DROPPED::add);
    }

    /**
     * The objection is an error of the thread that blocked, and is remembered: a future, or whoever hands on failures, may keep
     * it to itself. Then, too, it must be told, since a lock whose waiter was thrown out of it wakes nobody any more.
     */
    private static void objectTo(BlockingMethod method) {
        var objection = new BlockingOperationError(method);
        DROPPED.add(objection);
        throw objection;
    }

    /** Called by JUnit through the service loader. */
    public HouseRules() {}

    /**
     * The errors dropped since the last call, for a test which drops one, or blocks where it must not, on purpose.
     *
     * @return the errors, oldest first, now forgotten
     */
    public static List<Throwable> takeDroppedErrors() {
        var dropped = new ArrayList<Throwable>();
        for (Throwable next = DROPPED.poll(); next != null; next = DROPPED.poll()) {
            dropped.add(next);
        }
        return dropped;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // The static initialiser did the rest of the work; this makes JUnit load the class before the first test.
        Material.isAskedBy(context.getTags());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Material.isAskedBy(context.getTags());
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        judged(test);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        judged(test);
    }

    @Override
    public <T> T interceptTestFactoryMethod(
            Invocation<T> factory, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        return judged(factory);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> test, DynamicTestInvocationContext dynamic, ExtensionContext context) throws Throwable {
        judged(test);
    }

    private static <T> T judged(Invocation<T> test) throws Throwable {
        T result;
        try {
            result = test.proceed();
        } catch (Throwable outcome) {
            var verdict = Material.verdict();
            throw verdict == null ? outcome : verdict;
        }
        var verdict = Material.verdict();
        if (verdict != null) {
            throw verdict;
        }
        return result;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var dropped = takeDroppedErrors();
        if (!dropped.isEmpty()) {
            var failure = new AssertionError(context.getDisplayName() + " dropped " + dropped.size() + " error(s)");
            dropped.forEach(failure::addSuppressed);
            throw failure;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var leaks = LeakRecords.drain();
        Cost.add(context);
        if (!leaks.isEmpty()) {
            throw new AssertionError(context.getDisplayName() + " leaked:\n" + String.join("\n", leaks));
        }
    }
}
