package dev.darkroom.spring.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.DeferredResult;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Writes a stream of events to a response of a servlet as fast as the container takes it, and asks for a frame when the last one was flushed.
 * While the browser takes nothing, no thread is here: the container calls when there is room again.
 *
 * <p>Called by the container, and by a thread for blocking calls that has the next frame: a container takes locks of its own, for which an event
 * loop must not wait. A counter of missed work decides who writes.
 */
final class NonBlockingBody implements WriteListener {

    private static final int CHUNK = 16 << 10;

    private final EventStream stream;
    private final ServletOutputStream out;
    private final DeferredResult<Object> result;
    private final AtomicInteger work = new AtomicInteger();
    private final byte[] chunk = new byte[CHUNK];

    private volatile @Nullable InputStream frame;
    private volatile boolean asked;
    private volatile boolean ended;
    private boolean unflushed;
    private boolean over;

    private NonBlockingBody(EventStream stream, ServletOutputStream out, DeferredResult<Object> result) {
        this.stream = stream;
        this.out = out;
        this.result = result;
    }

    /**
     * Begins to write. Where a container has no writing without blocking, as the one which Spring's tests imitate, a thread for blocking
     * calls writes.
     *
     * @param result is set when all is written, or cannot be
     */
    static void write(EventStream stream, HttpServletResponse response, DeferredResult<Object> result) {
        try {
            var out = response.getOutputStream();
            var body = new NonBlockingBody(stream, out, result);
            try {
                out.setWriteListener(body);
            } catch (UnsupportedOperationException e) {
                body.writeBlocking();
            }
        } catch (IOException | IllegalStateException e) {
            stream.cancel();
            result.setErrorResult(e);
        }
    }

    private void writeBlocking() {
        Mono.fromRunnable(() -> {
                    try {
                        for (var next = stream.next().block();
                                next != null;
                                next = stream.next().block()) {
                            next.asInputStream().transferTo(out);
                            out.flush();
                        }
                        result.setResult(EventsEnd.WELL);
                    } catch (IOException e) {
                        onError(e);
                    }
                })
                .subscribeOn(Schedulers.boundedElastic())
                .subscribe(nothing -> {}, this::onError);
    }

    @Override
    public void onWritePossible() {
        drain();
    }

    @Override
    public void onError(Throwable failure) {
        stream.cancel();
        result.setErrorResult(
                failure instanceof IOException gone
                        ? new AsyncRequestNotUsableException("nobody reads the events any more", gone)
                        : failure);
    }

    private void drain() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        var missed = 1;
        do {
            try {
                writeWhatFits();
            } catch (IOException | RuntimeException e) {
                over = true;
                onError(e);
            }
            missed = work.addAndGet(-missed);
        } while (missed != 0);
    }

    private void writeWhatFits() throws IOException {
        while (!over) {
            var writing = frame;
            if (writing == null && !unflushed) {
                if (ended) {
                    over = true;
                    result.setResult(EventsEnd.WELL);
                } else {
                    ask();
                    if (frame == null && !ended) {
                        return;
                    }
                }
            } else if (!out.isReady()) {
                return;
            } else if (writing == null) {
                unflushed = false;
                out.flush();
            } else {
                write(writing);
            }
        }
    }

    private void write(InputStream writing) throws IOException {
        var count = writing.readNBytes(chunk, 0, CHUNK);
        if (count > 0) {
            out.write(chunk, 0, count);
        }
        if (count < CHUNK) {
            frame = null;
            unflushed = true;
        }
    }

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        stream.next()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .publishOn(Schedulers.boundedElastic())
                .subscribe(this::next, this::onError);
    }

    private void next(Optional<EventFrame> next) {
        if (next.isPresent()) {
            frame = next.get().asInputStream();
        } else {
            ended = true;
        }
        asked = false; // not before: the container may be here, and would ask for another
        drain();
    }
}
