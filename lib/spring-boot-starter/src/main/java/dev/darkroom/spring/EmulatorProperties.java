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
 * @param shrink By how much each side of a picture is drawn shorter than asked for, 1 to 256: 16 makes 64 pixels of 1024, which a test
 *     reads quickly, and a WebTestClient within its 256 kB.
 * @param quota How many requests the emulator takes each quota-period before it answers 429; no limit unless set.
 * @param quotaPeriod The period of the quota.
 */
@ConfigurationProperties("darkroom.emulator")
public record EmulatorProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("0") int port,
        @DefaultValue("3s") Duration latency,
        @DefaultValue("3") int partials,
        @DefaultValue("1") int shrink,
        @Nullable Integer quota,
        @DefaultValue("1m") Duration quotaPeriod) {}
