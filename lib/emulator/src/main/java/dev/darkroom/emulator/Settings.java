package dev.darkroom.emulator;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.quota.Quota;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Everything an emulator can be told; {@link ImageEmulator} says what each means.
 *
 * <p>Open only while a wither fills in its copy; nobody changes it afterwards.
 */
final class Settings implements Cloneable {

    String host = "127.0.0.1";
    int port;
    int tlsPort;
    long maxBody = 50L << 20;

    @Nullable
    Quota quota;

    Fault quotaFault = Fault.RATE_LIMIT;
    Duration latency = Duration.ZERO;
    int partials = 1;
    Duration lookupDelay = Duration.ZERO;

    @Nullable
    Duration keepAlive;

    @Nullable
    Duration imageUrlLifetime;

    int shrink = 1;
    long seed;
    Scheduler time = Schedulers.parallel();

    /** The one way to make another. */
    Settings copy() {
        try {
            return (Settings) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return "host=" + host + ", port=" + port + ", tlsPort=" + tlsPort + ", maxBody=" + maxBody + ", quota=" + quota
                + ", latency=" + latency
                + ", partials=" + partials + ", generationLookupDelay=" + lookupDelay + ", keepAlive=" + keepAlive
                + ", imageUrlLifetime=" + imageUrlLifetime
                + ", shrink=" + shrink + ", seed=" + seed;
    }
}
