package dev.darkroom.testsupport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/**
 * Keeps from the console what libraries warn of when a test breaks a connection on purpose, some thousand times in a build. What
 * they call an error, what we say ourselves, and what is neither is shown; so is everything with {@code -Dtest.log=all}.
 *
 * <p>For the console alone, which {@code console.xml} beside it sets up: an appender of a test's own hears all.
 */
public final class ProvokedFaults extends Filter<ILoggingEvent> {

    private static final List<String> OF_CONNECTIONS =
            List.of("reactor.netty.", "io.netty.channel.", "io.netty.handler.", "io.lettuce.core.");

    private final boolean all = "all".equals(System.getProperty("test.log"));

    /** Called by Logback. */
    public ProvokedFaults() {}

    @Override
    public FilterReply decide(ILoggingEvent event) {
        var isProvoked = !event.getLevel().isGreaterOrEqual(Level.ERROR)
                && OF_CONNECTIONS.stream().anyMatch(event.getLoggerName()::startsWith);
        return isProvoked && !all ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
