package dev.darkroom.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which service to ask, the emulator inside among them. */
final class ServiceOptions extends GatewayOptions {

    private static final String KEY_OF_THE_EMULATOR = "sk-emulator";

    @Option(
            names = "--emulator",
            description = "Ask the emulator inside, at no cost, even where a key is set. Without a key and a base URL"
                    + " it is asked anyway.")
    private boolean emulator;

    @Option(
            names = "--gate",
            paramLabel = "URL",
            description = "Share rate limits with all who name the same Redis: redis://host:port, or rediss:// for TLS."
                    + " Without it this run paces itself.")
    private @Nullable String gate;

    ServiceOptions() {
        super(Provider.of("openrouter"));
    }

    /** Opens it, and says so if it is the emulator. */
    Service open(ProcessContext process) {
        var opened = openAlone(process);
        if (gate == null) {
            return opened;
        }
        try {
            return opened.sharedThrough(gate);
        } catch (IllegalArgumentException e) { // may quote a password
            opened.close();
            throw usageError("--gate is no redis://, rediss:// or redis-sentinel:// URL");
        }
    }

    private Service openAlone(ProcessContext process) {
        var key = key(process);
        if (emulator && hasBaseUrl()) {
            throw usageError("--emulator and --base-url name two services: leave one of them out");
        }
        if (emulator || (key == null && !hasBaseUrl())) {
            var opened = openEmulated();
            var why = emulator ? "as asked" : "no " + provider().keyVariable() + ", no --api-key, no --base-url";
            process.err()
                    .println("darkroom: the emulator inside answers (" + why
                            + "): nothing is billed, a cost is what the gateway would ask");
            return opened;
        }
        return openReal(key);
    }

    private Service openEmulated() {
        try {
            return Service.emulated(provider(), KEY_OF_THE_EMULATOR);
        } catch (IllegalArgumentException e) {
            throw usageError(String.valueOf(e.getMessage()));
        }
    }
}
