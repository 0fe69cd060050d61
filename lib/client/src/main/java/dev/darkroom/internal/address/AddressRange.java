package dev.darkroom.internal.address;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Addresses with the same first bits: {@code 10.0.0.0/8}, {@code fd00::/8}, or a single one. Immutable. */
public final class AddressRange {

    private static final int MAPPED_BITS = 96;

    private final byte[] prefix;
    private final int bits;

    private AddressRange(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    static AddressRange of(String text) {
        var range = parse(text);
        if (range == null) {
            throw new IllegalArgumentException(text + " is neither an address nor a range of addresses");
        }
        return range;
    }

    /** Null if it is neither an address nor a range; no name is ever looked up. */
    static @Nullable AddressRange parse(String text) {
        int slash = text.indexOf('/');
        var address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        var bytes = address.getAddress();
        int bits = slash < 0 ? bytes.length * 8 : bits(text.substring(slash + 1));
        if (slash >= 0 && bytes.length == 4 && text.indexOf(':') >= 0) {
            bits -= MAPPED_BITS; // ::ffff:10.0.0.0/104 is an IPv4 range in the clothes of IPv6
        }
        return bits < 0 || bits > bytes.length * 8 ? null : new AddressRange(bytes, bits);
    }

    /**
     * The address which a text spells in the usual form of its family. No name is ever looked up.
     *
     * @param text a host
     * @return null if it is anything else
     */
    public static @Nullable InetAddress address(String text) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static int bits(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    boolean contains(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
            if (((bytes[bit / 8] ^ prefix[bit / 8]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }
}
