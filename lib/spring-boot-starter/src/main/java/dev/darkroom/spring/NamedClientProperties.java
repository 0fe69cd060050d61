package dev.darkroom.spring;

import java.util.LinkedHashMap;
import java.util.Locale;
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
public record NamedClientProperties(@DefaultValue Map<String, ClientProperties> clients) {

    /**
     * An environment variable cannot spell dashes and capitals; the client it means is the one that is written with them.
     *
     * @param clients Clients by name, which is also their qualifier. What one does not set it takes from darkroom.*
     *     itself; the key, base URL, model, headers and attribution only where it has the same provider and no base URL
     *     of its own.
     */
    public NamedClientProperties {
        var names = clients.keySet();
        var known = new LinkedHashMap<>(clients);
        known.keySet()
                .removeIf(name -> names.stream()
                        .anyMatch(other ->
                                !other.equals(name) && inEnvironment(other).equals(name)));
        clients = known;
    }

    private static String inEnvironment(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
