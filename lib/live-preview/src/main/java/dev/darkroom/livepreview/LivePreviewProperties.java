package dev.darkroom.livepreview;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How much the server does for one browser, and for all.
 *
 * @param enabled Whether there are live previews.
 * @param path Where browsers listen and fetch pictures, below the application's own path. Without the default the element
 *     needs it as its attribute "path".
 * @param grace How long a browser may be gone before what it asked for is cancelled. Long enough for a reconnect or a reload,
 *     short enough that a closed tab costs nothing.
 * @param keep How long pictures are kept after their browser has gone, and a preview to which nobody listens yet.
 * @param heartbeat How often an idle stream of notices shows that it lives; a connection which broke silently is found out by it.
 * @param atOnce How many generations of one preview may be under way at a time.
 * @param atOnceInAll How many generations of all previews may be under way at a time.
 * @param generations How many generations one preview keeps.
 * @param previews How many previews are open at a time.
 */
@ConfigurationProperties("darkroom.preview")
record LivePreviewProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/darkroom/previews") String path,
        @DefaultValue("700ms") Duration grace,
        @DefaultValue("30m") Duration keep,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("8") int atOnce,
        @DefaultValue("200") int atOnceInAll,
        @DefaultValue("200") int generations,
        @DefaultValue("1000") int previews) {

    LivePreviewProperties {
        Assert.isTrue(
                path.matches("(/[\\w.~-]+)+"),
                () -> "darkroom.preview.path is \"" + path + "\" and must be like \"/images/events\"");
        Assert.isTrue(heartbeat.toMillis() > 0, "darkroom.preview.heartbeat must be longer than nothing");
        positive("at-once", atOnce);
        positive("at-once-in-all", atOnceInAll);
        positive("generations", generations);
        positive("previews", previews);
    }

    private static void positive(String name, int value) {
        Assert.isTrue(value > 0, () -> "darkroom.preview." + name + " is " + value + " and must be 1 or more");
    }
}
