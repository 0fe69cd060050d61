package dev.darkroom.cli;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.redis.RedisRateGate;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The service a command asks: a client, and the emulator inside if it is that.
 *
 * @param client ready to ask
 * @param emulator to be stopped afterwards; null if the service is somebody else's
 * @param gate which others share, to be left afterwards; null if the client has one of its own
 */
record Service(
        ImageClient client,
        @Nullable RunningEmulator emulator,
        @Nullable RedisRateGate gate) implements AutoCloseable {

    /** Long enough to watch, short enough for a first impression. */
    private static final Duration LATENCY = Duration.ofSeconds(3);

    private static final int PREVIEWS = 3;

    static Service real(Provider provider, @Nullable String baseUrl, @Nullable String key, String... places) {
        var client = provider.client().downloads(d -> d.allow(places));
        if (baseUrl != null) {
            client = client.baseUrl(baseUrl);
            client = client.downloads(
                    d -> d.allow(URI.create(baseUrl).getHost())); // trusted with the key, so with images too
        }
        return new Service(key == null ? client : client.apiKey(key), null, null);
    }

    /**
     * A service of the emulator inside.
     *
     * @throws IllegalArgumentException if it does not speak the provider's API, in words for the person at the shell
     */
    static Service emulated(Provider provider, String key) {
        var emulator =
                ImageEmulator.create().latency(LATENCY).partials(PREVIEWS).start();
        if (!provider.isKnownTo(emulator)) {
            emulator.close();
            throw new IllegalArgumentException("the emulator inside does not speak " + provider + ": set "
                    + provider.keyVariable() + ", or give --api-key or --base-url");
        }
        return new Service(
                provider.client()
                        .baseUrl(provider.baseUrl(emulator).toString())
                        .downloads(d -> d.allow("127.0.0.1")) // where the emulator serves what it names by URL
                        .apiKey(key),
                emulator,
                null);
    }

    /**
     * The same service, its quota shared with whoever else shares it at that Redis.
     *
     * @throws IllegalArgumentException if the URI is none of a Redis
     */
    Service sharedThrough(String uri) {
        var shared = RedisRateGate.connect(uri);
        return new Service(client.rateLimits(r -> r.gate(shared)), emulator, shared);
    }

    @Override
    public void close() {
        client.close();
        if (emulator != null) {
            emulator.close();
        }
        if (gate != null) {
            gate.close();
        }
    }
}
