package dev.darkroom.internal.address;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Where downloads may come from besides the public Internet. Immutable. */
public final class DownloadSources {

    /** The public Internet alone. */
    public static final DownloadSources PUBLIC = new DownloadSources(Set.of(), List.of());

    private static final Pattern NAME = Pattern.compile("(?i)[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?\\.?");

    private final Set<String> hosts;
    private final List<AddressRange> ranges;

    private DownloadSources(Set<String> hosts, List<AddressRange> ranges) {
        this.hosts = hosts;
        this.ranges = ranges;
    }

    /**
     * The public Internet and these.
     *
     * @param hostsOrRanges hosts by name, addresses, or ranges of addresses ({@code 10.20.0.0/16}, {@code fd00::/8})
     * @return the sources
     * @throws IllegalArgumentException if one is none of them
     */
    public static DownloadSources of(Collection<String> hostsOrRanges) {
        var sources = PUBLIC;
        for (String hostOrRange : hostsOrRanges) {
            sources = sources.and(hostOrRange);
        }
        return sources;
    }

    private DownloadSources and(String hostOrRange) {
        var range = AddressRange.parse(hostOrRange.strip());
        if (range != null) {
            var more = new ArrayList<>(ranges);
            more.add(range);
            return new DownloadSources(hosts, List.copyOf(more));
        }
        var host = hostOrRange.strip();
        if (!NAME.matcher(host).matches() || endsInNumber(host)) {
            throw new IllegalArgumentException("downloads are allowed from a host's name, an address or a range like"
                    + " 10.20.0.0/16, without scheme, user and port");
        }
        var more = new HashSet<>(hosts);
        more.add(name(host));
        return new DownloadSources(Set.copyOf(more), ranges);
    }

    /**
     * Whether a host is allowed by its name.
     *
     * @param host as a URL has it
     * @return true if it is, whatever it resolves to
     */
    public boolean names(String host) {
        return hosts.contains(name(host));
    }

    /**
     * Whether an address can be allowed whose host is not named.
     *
     * @return true if there is any range
     */
    public boolean hasRanges() {
        return !ranges.isEmpty();
    }

    /**
     * Whether an address is allowed.
     *
     * @param address of either family
     * @return true if it lies in one of the ranges
     */
    public boolean contain(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /**
     * A host as it is compared.
     *
     * @param host as a URL has it
     * @return lower case, without the dot of the root and the brackets of IPv6
     */
    public static String name(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /**
     * Whether a host is an address, or some resolvers would take it for one: its last part begins with a digit
     * ({@code 127.1}, {@code 0x7f000001}, {@code 0177.0.0.1}). No top-level domain does.
     *
     * @param host as a URL has it
     * @return true if it may be one
     */
    public static boolean endsInNumber(String host) {
        var name = name(host);
        var last = name.substring(name.lastIndexOf('.') + 1);
        return !last.isEmpty() && last.charAt(0) >= '0' && last.charAt(0) <= '9';
    }

    @Override
    public String toString() {
        return "DownloadSources[" + hosts.size() + " hosts, " + ranges.size() + " ranges]";
    }
}
