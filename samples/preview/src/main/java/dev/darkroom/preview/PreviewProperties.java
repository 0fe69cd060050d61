package dev.darkroom.preview;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much the page's server does for one browser.
 *
 * @param grace How long a browser may be gone before what it asked for is cancelled. Long enough for a reconnect or a
 *     reload, short enough that a closed tab costs nothing.
 * @param keep How long pictures are kept after their browser has gone.
 * @param heartbeat How often an idle stream of notices shows that it lives; a connection which broke silently is found
 *     out by it.
 * @param atOnce How many generations of one page may be under way at a time.
 * @param generations How many generations one page keeps.
 * @param pages How many pages are open at a time.
 * @param upload How large a prompt may be with all its reference images.
 * @param hosts The names under which browsers reach this server; a request for another is refused, because a stranger's
 *     page could otherwise spend money here by a name of its own that leads to this address. Empty to let all pass.
 */
@ConfigurationProperties("preview")
record PreviewProperties(
        @DefaultValue("700ms") Duration grace,
        @DefaultValue("30m") Duration keep,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("8") int atOnce,
        @DefaultValue("200") int generations,
        @DefaultValue("1000") int pages,
        @DefaultValue("64MB") DataSize upload,
        @DefaultValue({"localhost", "127.0.0.1", "[::1]"}) List<String> hosts) {}
