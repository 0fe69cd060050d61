package dev.darkroom.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.SharedMaterial;
import dev.darkroom.internal.address.AddressRange;
import dev.darkroom.internal.address.DownloadSources;
import dev.darkroom.testsupport.NeedsMaterial;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.ConnectionObserver;
import tools.jackson.databind.JsonNode;

class AddressGuardTest {

    private static final AddressGuard PUBLIC_ONLY = new AddressGuard(DownloadSources.PUBLIC, false);

    private static InetAddress address(String text) {
        var address = AddressRange.address(text);
        assertThat(address).as(text).isNotNull();
        return address;
    }

    private static boolean isLetThrough(AddressGuard guard, String host, InetAddress address) {
        return guard.fault(host, new InetSocketAddress(address, 443), false) == null;
    }

    @ParameterizedTest
    @ValueSource(strings = {"denyIPv4", "denyIPv6"})
    @NeedsMaterial
    void everyRangeOfTheRegistriesIsRefusedFromItsFirstAddressToItsLast(String list) throws UnknownHostException {
        var ranges = SharedMaterial.json("wire.vectors", "ssrf/hosts.json").path(list);
        assertThat(ranges.size()).isGreaterThan(10);
        for (JsonNode range : ranges) {
            for (InetAddress edge : DeniedRanges.edges(range.stringValue())) {
                assertThat(isLetThrough(PUBLIC_ONLY, "cdn.example", edge))
                        .as("%s of %s", edge, range)
                        .isFalse();
                var compatible = InetAddress.getByAddress(padded(edge.getAddress()));
                assertThat(isLetThrough(PUBLIC_ONLY, "cdn.example", compatible))
                        .as("%s of %s", compatible, range)
                        .isFalse();
            }
        }
    }

    /** {@code ::a.b.c.d}, which Java leaves as it is, unlike {@code ::ffff:a.b.c.d}. */
    private static byte[] padded(byte[] address) {
        var padded = new byte[16];
        System.arraycopy(address, 0, padded, 16 - address.length, address.length);
        return padded;
    }

    @Test
    @NeedsMaterial
    void theAddressesAtWhichCloudsKeepTheirSecretsAreRefused() {
        var hosts = SharedMaterial.json("wire.vectors", "ssrf/hosts.json").path("metadataHosts");
        assertThat(hosts.size()).isGreaterThan(3);
        for (JsonNode host : hosts) {
            var address = AddressRange.address(host.stringValue());
            assertThat(
                            address == null
                                    ? PUBLIC_ONLY.fault(host.stringValue(), unresolved(host.stringValue()), true)
                                            == null
                                    : isLetThrough(PUBLIC_ONLY, host.stringValue(), address))
                    .as("%s", host)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::a00:1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "fd00:ec2::254",
                "fe80::1",
                "::",
                "192.0.0.192",
                "198.18.0.1",
                "100.64.0.1",
                "224.0.0.1"
            })
    void theOldAddressesInNewClothesAreRefused(String address) {
        assertThat(isLetThrough(PUBLIC_ONLY, "cdn.example", address(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "93.184.216.34",
                "99.255.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "223.255.255.255",
                "::ffff:93.184.216.34",
                "2600:1f18::1",
                "2a00:1450:4001::1",
                "2001:200::1",
                "3ffe::1"
            })
    void publicAddressesAreLetThroughButNotWhereOnlyNamedOnesAre(String address) {
        assertThat(isLetThrough(PUBLIC_ONLY, "cdn.example", address(address))).isTrue();
        var onlySources = new AddressGuard(DownloadSources.of(List.of("10.0.0.0/8")), true);
        assertThat(isLetThrough(onlySources, "cdn.example", address(address))).isFalse();
    }

    @Test
    void aRangeAllowsItsAddressesAndANameEverythingItStandsFor() {
        var guard = new AddressGuard(DownloadSources.of(List.of("10.20.0.0/15", "Minio.Internal.", "fd12::/16")), true);
        assertThat(isLetThrough(guard, "x.example", address("10.21.255.255"))).isTrue();
        assertThat(isLetThrough(guard, "x.example", address("10.22.0.0"))).isFalse();
        assertThat(isLetThrough(guard, "x.example", address("fd12:ffff::1"))).isTrue();
        assertThat(isLetThrough(guard, "x.example", address("fd13::1"))).isFalse();
        assertThat(isLetThrough(guard, "minio.internal", address("192.168.1.1")))
                .isTrue();
        assertThat(isLetThrough(guard, "not-minio.internal", address("192.168.1.1")))
                .isFalse();
        var mapped = new AddressGuard(DownloadSources.of(List.of("::ffff:10.20.0.0/112")), true);
        assertThat(isLetThrough(mapped, "x.example", address("10.20.3.4"))).isTrue();
        assertThat(isLetThrough(mapped, "x.example", address("10.21.3.4"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "http://a.example", "a.example:80", "10.0.0.0/33", "10.0.0/8", "127.1", "0x7f.1", "a b"})
    void whatIsNeitherHostNorAddressNorRangeCannotBeAllowed(String source) {
        assertThatIllegalArgumentException().isThrownBy(() -> DownloadSources.of(List.of(source)));
    }

    @Test
    void whatIsNotResolvedIsRefusedUnlessAProxyResolvesIt() {
        assertThat(PUBLIC_ONLY.fault("cdn.example", unresolved("cdn.example"), false))
                .isNotNull();
        assertThat(PUBLIC_ONLY.fault("cdn.example", unresolved("cdn.example"), true))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST.",
                "printer",
                "a.localhost",
                "nas.local",
                "metadata.google.internal",
                "router.home.arpa",
                "127.0.0.1",
                "0177.0.0.1",
                "127.1",
                "2130706433",
                "10.0.0.1",
                "[::1]",
                "::ffff:127.0.0.1"
            })
    void behindAProxyLocalNamesAndSpeltAddressesAreRefusedAllTheSame(String host) {
        assertThat(PUBLIC_ONLY.fault(host, unresolved(host), true)).isNotNull();
    }

    @Test
    void behindAProxyWhatIsNotPublicMustBeNamed() {
        var guard = new AddressGuard(DownloadSources.of(List.of("nas.local", "10.0.0.0/8")), true);
        assertThat(guard.fault("nas.local", unresolved("nas.local"), true)).isNull();
        assertThat(guard.fault("10.1.1.1", unresolved("10.1.1.1"), true)).isNull();
        assertThat(guard.fault("cdn.example", unresolved("cdn.example"), true)).isNotNull();
    }

    private static SocketAddress unresolved(String host) {
        return InetSocketAddress.createUnresolved(host, 443);
    }

    @Test
    void aRefusedAddressIsNeverConnectedTo() throws Exception {
        var connected = new ArrayList<SocketAddress>();
        var channel = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
            @Override
            public void connect(
                    ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
                connected.add(remote);
                promise.setSuccess();
            }
        });
        PUBLIC_ONLY.onChannelInit(ConnectionObserver.emptyListener(), channel, unresolved("cdn.example"));
        var rebound = new InetSocketAddress(InetAddress.getByAddress("cdn.example", new byte[] {10, 0, 0, 1}), 443);
        assertThat(channel.connect(rebound).cause()).isInstanceOf(AddressGuard.DeniedException.class);
        assertThat(connected).isEmpty();
        var bound = new InetSocketAddress(InetAddress.getByAddress("cdn.example", new byte[] {93, 1, 1, 1}), 443);
        assertThat(channel.connect(bound).isSuccess()).isTrue();
        assertThat(connected).containsExactly(bound);
        assertThat(channel.pipeline().names()).noneMatch(name -> name.startsWith("darkroom"));
        channel.close();
    }

    @Test
    void whatTheGuardSaysNamesNoAddress() {
        var fault = PUBLIC_ONLY.fault("cdn.example", new InetSocketAddress(address("10.1.2.3"), 443), false);
        assertThat(fault).doesNotContain("10.1.2.3").doesNotContain("1.2");
        assertThat(Arrays.asList(new AddressGuard.DeniedException("is at").getStackTrace()))
                .isEmpty();
    }
}
