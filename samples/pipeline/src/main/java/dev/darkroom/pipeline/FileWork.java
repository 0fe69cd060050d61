package dev.darkroom.pipeline;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Work on files, off the event loops. What has begun is ended, whoever leaves meanwhile: a cancellation that interrupts would close the
 * channel in its hands, which may be the journal's, and do so on the thread that cancels, which may be an event loop and would wait
 * for the disk.
 */
final class FileWork {

    private FileWork() {}

    /** Begins on {@code boundedElastic} unless the subscriber has left by then, and signals there. */
    static <T> Mono<T> of(Callable<T> work) {
        return Mono.create(sink -> {
            var left = new AtomicBoolean();
            sink.onCancel(() -> left.set(true));
            Schedulers.boundedElastic().schedule(() -> {
                if (left.get()) {
                    return;
                }
                try {
                    sink.success(work.call());
                } catch (Throwable e) {
                    if (!left.get()) { // otherwise nobody hears it, and it would be dropped
                        sink.error(e);
                    }
                    Exceptions.throwIfJvmFatal(e);
                }
            });
        });
    }
}
