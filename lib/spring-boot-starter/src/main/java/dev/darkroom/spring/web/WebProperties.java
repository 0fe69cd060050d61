package dev.darkroom.spring.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Pictures and their events over HTTP.
 *
 * @param problems whether a failure is answered with a status and a problem (RFC 9457), where the application does not handle it
 * @param events how image events are written and read
 */
@ConfigurationProperties("darkroom.web")
record WebProperties(
        @DefaultValue("true") boolean problems,
        @DefaultValue Events events) {

    /** How a picture stands in an event. */
    enum Image {
        /** Its bytes. */
        BASE64,
        /** Neither bytes nor, where the gateway gave none, a URL. */
        OMITTED,
        /** The gateway's URL, where it gave one, and otherwise the bytes. */
        URL
    }

    /**
     * How image events are written and read.
     *
     * @param image how a picture stands in an event; a bean of type ImageForm says it otherwise
     * @param headWait how long the head of a response waits for a refusal, which then has a status of its own; 0s not at all, 1s unless set
     * @param heartbeat after how much silence a connection is shown to be alive; 0s never, 15s unless set
     * @param throttling whether the events tell of waits for a rate limit
     * @param maxEventSize how large an event, or a picture, may be that WebClient reads; 128MB unless set
     */
    record Events(
            @DefaultValue("base64") Image image,
            @Nullable Duration headWait,
            @Nullable Duration heartbeat,
            @DefaultValue("false") boolean throttling,
            @Nullable DataSize maxEventSize) {

        private static final int MOST_BYTES = 128 << 20;

        Events {
            notNegative("head-wait", headWait);
            notNegative("heartbeat", heartbeat);
            if (maxEventSize != null && (maxEventSize.toBytes() < 1 || maxEventSize.toBytes() > Integer.MAX_VALUE)) {
                throw wrong("max-event-size", maxEventSize, "it is from 1B to 2047MB");
            }
        }

        /** How large an event may be that is read, in bytes. */
        int mostBytes() {
            return maxEventSize == null ? MOST_BYTES : Math.toIntExact(maxEventSize.toBytes());
        }

        private static void notNegative(String property, @Nullable Duration value) {
            if (value != null && value.isNegative()) {
                throw wrong(property, value, "it is zero or more");
            }
        }

        private static InvalidConfigurationPropertyValueException wrong(String property, Object value, String why) {
            return new InvalidConfigurationPropertyValueException("darkroom.web.events." + property, value, why);
        }
    }
}
