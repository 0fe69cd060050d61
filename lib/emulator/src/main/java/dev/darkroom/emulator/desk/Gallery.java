package dev.darkroom.emulator.desk;

import dev.darkroom.emulator.server.Call;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Finished pictures under URLs which expire: the last 10,000. Called from any thread.
 *
 * <p>A URL is signed and tells its end, as those of real storages do.
 */
public final class Gallery {

    static final String PREFIX = "/pictures";
    private static final int KEPT = 10_000;

    private final Scheduler time;
    private final @Nullable Duration lifetime;
    private final Ids ids;
    private final Map<String, Hanging> pictures = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Hanging> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * An empty gallery.
     *
     * @param time the clock
     * @param lifetime how long a URL lives; null for as long as the dialect usually says
     * @param seed of names and signatures
     */
    public Gallery(Scheduler time, @Nullable Duration lifetime, long seed) {
        this.time = time;
        this.lifetime = lifetime;
        this.ids = new Ids(seed);
    }

    /**
     * What stands in a field for a URL: a fresh one; or, as the call's fault wants it, one which has expired, a
     * {@code data:} URL, or bare base64. Blocks in the last two cases, to draw.
     *
     * @param call who asks
     * @param print the picture
     * @param usual how long the URL lives if no setting says otherwise
     * @return the field's value
     */
    public String url(Call call, Print print, Duration usual) {
        return switch (call.fault().fault()) {
            case DATA_URL -> "data:" + print.format().mediaType() + ";base64," + Json.base64(print.file());
            case BASE64_IN_URL -> Json.base64(print.file());
            case EXPIRED_URL -> hang(call, print, Duration.ZERO);
            default -> hang(call, print, lifetime == null ? usual : lifetime);
        };
    }

    /** Lets every URL handed out so far expire. */
    public synchronized void expire() {
        pictures.replaceAll((name, hanging) -> new Hanging(hanging.print(), hanging.signature(), Long.MIN_VALUE));
    }

    /** What hangs there under this name, expired or not. */
    synchronized Optional<Hanging> find(String name) {
        return Optional.ofNullable(pictures.get(name));
    }

    boolean isExpired(Hanging hanging) {
        return time.now(TimeUnit.MILLISECONDS) >= hanging.until();
    }

    private synchronized String hang(Call call, Print print, Duration life) {
        long until = time.now(TimeUnit.MILLISECONDS) + life.toMillis();
        var name = ids.hex(24) + "." + print.extension();
        var hanging = new Hanging(print, ids.hex(32), until);
        pictures.put(name, hanging);
        return call.origin() + PREFIX + "/" + name + "?expires=" + Math.floorDiv(until, 1000) + "&signature="
                + hanging.signature();
    }

    /**
     * A picture under a URL.
     *
     * @param print the picture
     * @param signature which the URL must carry
     * @param until the emulator's clock in milliseconds
     */
    record Hanging(Print print, String signature, long until) {}
}
