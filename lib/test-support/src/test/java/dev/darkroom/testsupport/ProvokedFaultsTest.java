package dev.darkroom.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ProvokedFaultsTest {

    private static final String CONNECTION = "reactor.netty.http.client.HttpClientConnect";

    private final ProvokedFaults filter = new ProvokedFaults();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> listener = new ListAppender<>();

    @AfterEach
    void leave() {
        root.detachAppender(listener);
    }

    @Test
    void theConsoleIsSparedOfBrokenConnectionsAndOfNothingElse() {
        assertThat(reply(CONNECTION, Level.WARN)).isEqualTo(FilterReply.DENY);
        assertThat(reply("io.netty.channel.DefaultChannelPipeline", Level.WARN)).isEqualTo(FilterReply.DENY);
        assertThat(reply(CONNECTION, Level.ERROR)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(reply("io.netty.util.ResourceLeakDetector", Level.WARN)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(reply("reactor.core.publisher.Operators", Level.WARN)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(reply("dev.darkroom.generation", Level.WARN)).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void whoeverListensBesideTheConsoleHearsThem() {
        listener.start();
        root.addAppender(listener);
        LoggerFactory.getLogger(CONNECTION).warn("broken");

        assertThat(listener.list).hasSize(1);
        assertThat(root.getAppender("console"))
                .extracting(Appender::getCopyOfAttachedFiltersList)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasOnlyElementsOfType(ProvokedFaults.class);
    }

    private FilterReply reply(String logger, Level level) {
        var context = new LoggerContext();
        return filter.decide(new LoggingEvent("", context.getLogger(logger), level, "broken", null, null));
    }
}
