package dev.darkroom.internal.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses lie in the public Internet. {@link InetAddress} has predicates of its own, which know neither the
 * shared space of carriers nor unique local addresses, and nothing of IPv4 inside IPv6.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA IPv4 Special-Purpose Addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IANA IPv6 Special-Purpose Addresses</a>
 */
public final class PublicAddresses {

    private static final List<AddressRange> NOT_IN_IPV4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /**
     * All of IPv6 that is given out. What is outside is local, multicast, reserved or a way into IPv4: unique local, link
     * local, NAT64 ({@code 64:ff9b::/96}), compatible ({@code ::a.b.c.d}), discard-only, segment routing.
     */
    private static final AddressRange IPV6 = AddressRange.of("2000::/3");

    private static final List<AddressRange> NOT_IN_IPV6 =
            ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private PublicAddresses() {}

    /**
     * Whether an address lies in the public Internet.
     *
     * @param address of either family
     * @return true if it does
     */
    public static boolean contain(InetAddress address) {
        return address instanceof Inet4Address
                ? NOT_IN_IPV4.stream().noneMatch(range -> range.contains(address))
                : IPV6.contains(address) && NOT_IN_IPV6.stream().noneMatch(range -> range.contains(address));
    }

    private static List<AddressRange> ranges(String... ranges) {
        return List.of(ranges).stream().map(AddressRange::of).toList();
    }
}
