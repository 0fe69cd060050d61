package dev.darkroom.internal.http;

import dev.darkroom.SharedMaterial;
import dev.darkroom.internal.address.AddressRange;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The addresses which no download may be fetched from, by the registries. */
public final class DeniedRanges {

    private DeniedRanges() {}

    /** The edges of every range, of either version, and the addresses at which clouds keep their secrets. */
    public static List<InetAddress> addresses() throws IOException {
        var vectors = SharedMaterial.json("wire.vectors", "ssrf/hosts.json");
        var addresses = new ArrayList<InetAddress>();
        for (String list : List.of("denyIPv4", "denyIPv6")) {
            for (JsonNode range : vectors.path(list)) {
                addresses.addAll(edges(range.stringValue()));
            }
        }
        for (JsonNode host : vectors.path("metadataHosts")) {
            var address = AddressRange.address(host.stringValue());
            if (address != null) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    /** The first and the last address. */
    static List<InetAddress> edges(String range) throws UnknownHostException {
        var first = AddressRange.address(range.substring(0, range.indexOf('/'))).getAddress();
        if (range.startsWith("::ffff:")) {
            first = new byte[16];
            first[10] = first[11] = (byte) 0xff;
        }
        var bits = Integer.parseInt(range.substring(range.indexOf('/') + 1));
        var hosts = BigInteger.ONE.shiftLeft(first.length * 8 - bits).subtract(BigInteger.ONE);
        var last = new BigInteger(1, first).add(hosts).toByteArray();
        var full = new byte[first.length];
        var digits = Math.min(last.length, full.length);
        System.arraycopy(last, last.length - digits, full, full.length - digits, digits);
        return List.of(InetAddress.getByAddress(first), InetAddress.getByAddress(full));
    }
}
