package dev.darkroom.spring;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Clients beside the default one.
 *
 * @param clients Clients by name, which is also their qualifier. What one does not set it takes from darkroom.* itself;
 *     the key, base URL, model, headers and attribution only where it has the same provider and no base URL of its own.
 */
@ConfigurationProperties("darkroom")
public record NamedClientProperties(@DefaultValue Map<String, ClientProperties> clients) {}
