package dev.darkroom;

import dev.darkroom.dialect.GatewayProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateways known by name: the client's own, and those that jars and modules add with a {@link GatewayProvider}. Looked up
 * each time anew, with this class's loader and then with the thread's. Thread-safe.
 */
public final class Gateways {

    private static final Logger LOG = LoggerFactory.getLogger("dev.darkroom.gateways");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*");
    private static final String OURS = "dev.darkroom.internal.gateway.";

    /** A loader that is broken for good must not keep us for ever. */
    private static final int MOST_FAULTS = 100;

    private Gateways() {}

    /**
     * All of them.
     *
     * @return the client's own in a fixed order, then others as they were found; one for each name
     */
    public static List<GatewayProvider> all() {
        var found = new ArrayList<GatewayProvider>();
        load(Gateways.class.getClassLoader(), found, provider -> false);
        var threads = Thread.currentThread().getContextClassLoader();
        if (threads != null && threads != Gateways.class.getClassLoader()) {
            load(threads, found, provider -> false);
        }
        found.sort(Comparator.comparing(provider -> !isOurs(provider)));
        var byName = new LinkedHashMap<String, GatewayProvider>();
        found.forEach(provider -> addUnlessBroken(byName, provider));
        return List.copyOf(byName.values());
    }

    /**
     * One of them.
     *
     * @param name its {@link GatewayProvider#name()}; case, hyphens and underscores do not count
     * @return the provider
     * @throws IllegalArgumentException if there is none of that name; the message lists those there are
     */
    public static GatewayProvider named(String name) {
        var folded = folded(name);
        var found = new ArrayList<GatewayProvider>();
        if (load(Gateways.class.getClassLoader(), found, provider -> isOurs(provider, folded))) {
            return found.get(found.size() - 1);
        }
        var all = all();
        return all.stream()
                .filter(provider -> folded(provider.name()).equals(folded))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no gateway '" + name + "', there are "
                        + all.stream().map(GatewayProvider::name).collect(Collectors.joining(", "))
                        + "; a jar adds its own with META-INF/services/" + GatewayProvider.class.getName()));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Loads them until one is enough, and tells whether one was: ours win, so who wants one of ours need not look at the rest. */
    private static boolean load(ClassLoader loader, List<GatewayProvider> found, Predicate<GatewayProvider> enough) {
        var providers = ServiceLoader.load(GatewayProvider.class, loader).iterator();
        for (int faults = 0; faults < MOST_FAULTS; ) {
            try {
                if (!providers.hasNext()) {
                    return false;
                }
                var provider = providers.next();
                found.add(provider);
                if (enough.test(provider)) {
                    return true;
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                faults++;
                LOG.warn("a gateway provider cannot be loaded and is skipped: {}", e.toString());
            }
        }
        return false;
    }

    /** A stranger's code: whatever it throws is its own trouble. */
    private static void addUnlessBroken(Map<String, GatewayProvider> byName, GatewayProvider provider) {
        try {
            var name = provider.name();
            if (name == null || !NAME.matcher(name).matches()) {
                LOG.warn("{} is skipped: '{}' cannot be the name of a gateway", provider.getClass(), name);
                return;
            }
            var earlier = byName.putIfAbsent(folded(name), provider);
            if (earlier != null
                    && !earlier.getClass().getName().equals(provider.getClass().getName())) {
                LOG.warn("{} is skipped: '{}' is {} already", provider.getClass(), name, earlier.getClass());
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{} is skipped: it threw {}", provider.getClass(), e.toString());
        }
    }

    private static boolean isOurs(GatewayProvider provider, String folded) {
        return isOurs(provider) && folded(provider.name()).equals(folded);
    }

    private static boolean isOurs(GatewayProvider provider) {
        return provider.getClass().getName().startsWith(OURS);
    }
}
