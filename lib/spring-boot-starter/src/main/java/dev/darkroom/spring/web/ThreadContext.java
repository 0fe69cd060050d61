package dev.darkroom.spring.web;

import io.micrometer.context.ContextSnapshotFactory;
import org.springframework.util.ClassUtils;
import reactor.util.context.Context;

/** What a thread of MVC knows, as the context of a subscription: the observation which the generation belongs to. */
final class ThreadContext {

    private static final boolean IS_KNOWN =
            ClassUtils.isPresent("io.micrometer.context.ContextSnapshotFactory", ThreadContext.class.getClassLoader());

    private ThreadContext() {}

    static Context captured() {
        return IS_KNOWN ? Micrometer.captured() : Context.empty();
    }

    private static final class Micrometer {

        static Context captured() {
            return ContextSnapshotFactory.builder().build().captureAll().updateContext(Context.empty());
        }
    }
}
