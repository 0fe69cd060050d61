package dev.darkroom.preview;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Whom the server serves, and with how much.
 *
 * @param upload How large a prompt may be with all its reference images.
 * @param hosts The names under which browsers reach this server; a request for another is refused, because a stranger's
 *     page could otherwise spend money here by a name of its own that leads to this address. Empty to let all pass.
 */
@ConfigurationProperties("preview")
record PreviewProperties(
        @DefaultValue("64MB") DataSize upload,
        @DefaultValue({"localhost", "127.0.0.1", "[::1]"}) List<String> hosts) {}
