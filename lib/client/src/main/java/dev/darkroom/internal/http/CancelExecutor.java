package dev.darkroom.internal.http;

import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Where one subscription is to be cancelled: on the event loop of the connection that it uses at the moment, because there
 * nothing arrives meanwhile. Elsewhere a chunk that arrives while it is cancelled is never released, and an end is told to
 * nobody. Without a connection, where one stands.
 *
 * <p>The exchange moves it, whoever cancels asks it, from any thread.
 */
final class CancelExecutor implements Executor {

    /** The one of the call which this one is an exchange of. */
    private final @Nullable CancelExecutor around;

    private volatile @Nullable EventLoop loop;

    /** The exchange that moved this one last. */
    private volatile @Nullable CancelExecutor within;

    CancelExecutor() {
        this(null);
    }

    CancelExecutor(@Nullable CancelExecutor around) {
        this.around = around;
    }

    void moveTo(EventLoop other) {
        loop = other;
        if (around != null) {
            around.within = this;
            around.loop = other;
        }
    }

    /** The exchange has ended, and has told so; what its call does next may be done anywhere. */
    void leave() {
        if (around != null && around.within == this) {
            around.loop = null;
            around.within = null;
        }
    }

    @Override
    public void execute(Runnable cancellation) {
        var here = loop;
        if (here == null || here.inEventLoop()) {
            cancellation.run();
            return;
        }
        try {
            here.execute(cancellation);
        } catch (RejectedExecutionException e) { // the event loop has ended, and nothing arrives on it any more
            cancellation.run();
        }
    }
}
