package dev.darkroom.emulator.gateway.common;

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
public final class PictureStore {

    static final String PREFIX = "/pictures";
    private static final int KEPT = 10_000;

    private final Scheduler time;
    private final @Nullable Duration lifetime;
    private final IdGenerator ids;
    private final Map<String, Kept> pictures = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * An empty store.
     *
     * @param time the clock
     * @param lifetime how long a URL lives; null for as long as the gateway usually says
     * @param seed of names and signatures
     */
    public PictureStore(Scheduler time, @Nullable Duration lifetime, long seed) {
        this.time = time;
        this.lifetime = lifetime;
        this.ids = new IdGenerator(seed);
    }

    /**
     * What stands in a field for a URL: a fresh one; or, as the call's fault wants it, one which has expired, a
     * {@code data:} URL, or bare base64. Blocks in the last two cases, to draw.
     *
     * @param call who asks
     * @param picture the picture
     * @param defaultLifetime how long the URL lives if no setting says otherwise
     * @return the field's value
     */
    public String url(Call call, LazyPicture picture, Duration defaultLifetime) {
        return switch (call.fault().fault()) {
            case DATA_URL -> "data:" + picture.format().mediaType() + ";base64," + Json.base64(picture.file());
            case BASE64_IN_URL -> Json.base64(picture.file());
            case EXPIRED_URL -> add(call, picture, Duration.ZERO);
            default -> add(call, picture, lifetime == null ? defaultLifetime : lifetime);
        };
    }

    /** Lets every URL handed out so far expire. */
    public synchronized void expire() {
        pictures.replaceAll((name, entry) -> new Kept(entry.picture(), entry.signature(), Long.MIN_VALUE));
    }

    /** The picture of this name, expired or not. */
    synchronized Optional<Kept> find(String name) {
        return Optional.ofNullable(pictures.get(name));
    }

    boolean isExpired(Kept entry) {
        return time.now(TimeUnit.MILLISECONDS) >= entry.until();
    }

    private synchronized String add(Call call, LazyPicture picture, Duration life) {
        long until = time.now(TimeUnit.MILLISECONDS) + life.toMillis();
        var name = ids.hex(24) + "." + picture.extension();
        var entry = new Kept(picture, ids.hex(32), until);
        pictures.put(name, entry);
        return call.origin() + PREFIX + "/" + name + "?expires=" + Math.floorDiv(until, 1000) + "&signature="
                + entry.signature();
    }

    /**
     * A picture under a URL.
     *
     * @param picture the picture
     * @param signature which the URL must carry
     * @param until the emulator's clock in milliseconds
     */
    record Kept(LazyPicture picture, String signature, long until) {}
}
