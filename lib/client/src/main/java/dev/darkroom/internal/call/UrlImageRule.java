package dev.darkroom.internal.call;

import dev.darkroom.internal.http.DownloadSources;
import java.time.Duration;

/**
 * What becomes of images which a gateway sends by URL.
 *
 * @param areFetched whether they come with their bytes
 * @param limit how long one download may take altogether
 * @param sources where downloads may come from besides the public Internet
 */
public record UrlImageRule(boolean areFetched, Duration limit, DownloadSources sources) {

    /** Fetched from the public Internet alone, each within two minutes. */
    public static final UrlImageRule DEFAULT = new UrlImageRule(true, Duration.ofMinutes(2), DownloadSources.PUBLIC);

    /** Refuses a limit which is not positive. */
    public UrlImageRule {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("the download timeout must be more than zero, not " + limit);
        }
    }
}
