package dev.darkroom.livepreview;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A response that other threads than the container's may write to. Containers use their responses again, and once an exchange
 * has failed on one thread the next one begins on another: a write that is under way then would leave its error, or its bytes, in
 * somebody else's answer. So the container is told that the exchange is over only when no write is under way, and none begins
 * afterwards. Nothing waits long, for no write does: they all happen where the container said that it takes them.
 */
final class GuardedResponse extends HttpServletResponseWrapper implements AsyncListener {

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> headers = new HashSet<>();
    private boolean over;

    GuardedResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return new Guarded(super.getOutputStream());
    }

    /** What a filter before us said of the same thing gives way, as it does on other servers: a policy for pages is none for pictures. */
    @Override
    public void addHeader(String name, String value) {
        if (headers.add(name.toLowerCase(Locale.ROOT))) {
            super.setHeader(name, value);
        } else {
            super.addHeader(name, value);
        }
    }

    @Override
    public void flushBuffer() throws IOException {
        guarded(super::flushBuffer);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    private void end() {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
    }

    private void guarded(Write write) throws IOException {
        lock.lock();
        try {
            if (over) {
                throw new IOException("the exchange is over");
            }
            write.run();
        } finally {
            lock.unlock();
        }
    }

    private interface Write {
        void run() throws IOException;
    }

    private final class Guarded extends ServletOutputStream {

        private final ServletOutputStream stream;

        Guarded(ServletOutputStream stream) {
            this.stream = stream;
        }

        @Override
        public boolean isReady() {
            lock.lock();
            try {
                return !over && stream.isReady();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            stream.setWriteListener(listener);
        }

        @Override
        public void write(int one) throws IOException {
            guarded(() -> stream.write(one));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            guarded(() -> stream.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            guarded(stream::flush);
        }

        @Override
        public void close() throws IOException {
            guarded(stream::close);
        }
    }
}
