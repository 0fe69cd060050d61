package dev.darkroom.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An image router in this process, which needs no key and no network.
 *
 * @param enabled Whether every client talks to the emulator instead of its gateway. Needs darkroom-emulator.
 * @param port The port of the emulator; 0 for any free one.
 * @param latency How long an image takes.
 * @param partials How many previews a streamed image has.
 * @param quota How many requests the emulator takes each quota-period before it answers 429; no limit unless set.
 * @param quotaPeriod The period of the quota.
 */
@ConfigurationProperties("darkroom.emulator")
public record EmulatorProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("0") int port,
        @DefaultValue("3s") Duration latency,
        @DefaultValue("3") int partials,
        @Nullable Integer quota,
        @DefaultValue("1m") Duration quotaPeriod) {}
