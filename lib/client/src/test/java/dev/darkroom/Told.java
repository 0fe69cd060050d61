package dev.darkroom;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** All that is told while it is open: by every logger at its most talkative, by names of threads, and what is handed to it. */
final class Told implements AutoCloseable {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Set<String> loggers = ConcurrentHashMap.newKeySet();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level usual = root.getLevel();
    private final Appender<ILoggingEvent> console = root.getAppender("console");
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            var thrown = event.getThrowableProxy();
            loggers.add(event.getLoggerName());
            lines.add(event.getThreadName() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + " "
                    + event.getMDCPropertyMap() + event.getKeyValuePairs() + event.getMarkerList()
                    + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
        }
    };

    Told() {
        listener.setContext(root.getLoggerContext());
        listener.start();
        root.detachAppender(console);
        root.addAppender(listener);
        // The emulator lives in the same process and is not the accused.
        root.getLoggerContext().getLogger("dev.darkroom.emulator").setLevel(Level.OFF);
        root.getLoggerContext().getLogger("reactor.netty.http.server").setLevel(Level.OFF);
        root.setLevel(Level.TRACE);
    }

    /** What it is as a text; of a failure with all that it carries, suppressed ones too. */
    void tell(Object object) {
        lines.add(String.valueOf(object));
        if (object instanceof Throwable failure) {
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            lines.add(trace.toString());
        }
    }

    void tellThreads() {
        Thread.getAllStackTraces()
                .keySet()
                .forEach(thread -> lines.add(thread.getName() + " " + thread.getThreadGroup()));
    }

    Queue<String> lines() {
        return lines;
    }

    Set<String> loggers() {
        return loggers;
    }

    @Override
    public void close() {
        root.setLevel(usual);
        root.detachAppender(listener);
        root.addAppender(console);
    }
}
