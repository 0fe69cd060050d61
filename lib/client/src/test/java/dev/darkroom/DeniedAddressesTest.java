package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.internal.http.DeniedRanges;
import dev.darkroom.testsupport.NeedsMaterial;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Every address which is not public, from either end of its range, in each form in which a URL may lead to it: no connection
 * is ever tried. That is watched behind the guard, where a connect would go to the kernel.
 */
@NeedsMaterial
class DeniedAddressesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FileServer files = new FileServer();
    private final Queue<SocketAddress> tried = new ConcurrentLinkedQueue<>();
    private final ImageClient client = ImageClient.openRouter("sk-secret").customize(this::watch);

    @AfterEach
    void stop() {
        client.close();
        files.close();
    }

    private HttpClient watch(HttpClient http) {
        return http.doOnChannelInit((observer, channel, remote) -> channel.pipeline()
                .addFirst(new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void connect(
                            ChannelHandlerContext context,
                            SocketAddress address,
                            SocketAddress local,
                            ChannelPromise promise) {
                        tried.add(address);
                        context.connect(address, local, promise);
                    }
                }));
    }

    private static URI literal(InetAddress address) {
        var text = address.getHostAddress();
        return URI.create("https://" + (address instanceof Inet6Address ? "[" + text + "]" : text) + "/a");
    }

    private void assertDenied(ImageClient asked, URI url, InetAddress address) {
        asked.download(GeneratedImage.at(0, null, url))
                .materialize()
                .doOnNext(signal -> assertThat(signal.getThrowable())
                        .as("%s of %s", url, address)
                        .isInstanceOfSatisfying(
                                DownloadFailedException.class,
                                e -> assertThat(e.reason()).isEqualTo(DownloadFailedException.Reason.DENIED)))
                .block(PATIENCE);
    }

    private static List<InetAddress> addresses() throws IOException {
        var addresses = DeniedRanges.addresses();
        assertThat(addresses).hasSizeGreaterThan(60);
        return addresses;
    }

    @Test
    void spelt() throws IOException {
        for (InetAddress address : addresses()) {
            assertDenied(client, literal(address), address);
        }
        assertThat(tried).isEmpty();
    }

    @Test
    void resolved() throws IOException {
        for (InetAddress address : addresses()) {
            var names = new Names(address.getHostAddress());
            assertDenied(client.customize(http -> http.resolver(names)), URI.create("https://cdn.example/a"), address);
            assertThat(names.asked()).hasSize(1);
        }
        assertThat(tried).isEmpty();
    }

    @Test
    void redirected() throws IOException {
        var trusting = client.downloads(d -> d.allow("127.0.0.1"));
        for (InetAddress address : addresses()) {
            files.move("/1", literal(address).toString());
            assertDenied(trusting, files.url("/1"), address);
        }
        assertThat(files.paths()).hasSameSizeAs(addresses());
        assertThat(tried).allMatch(address -> address.toString().contains("127.0.0.1:" + files.port()));
    }

    @Test
    void reBound() throws IOException {
        files.put(
                "/a",
                (request, response) -> response.header("Connection", "close")
                        .header("Content-Length", "10")
                        .sendByteArray(Mono.just(FileServer.picture(10))));
        var trusting = client.downloads(d -> d.allow("127.0.0.1"));
        var url = URI.create("http://cdn.example:" + files.port() + "/a");
        for (InetAddress address : addresses()) {
            var names = new Names("127.0.0.1", address.getHostAddress());
            var resolving = trusting.customize(http -> http.resolver(names));
            var image = resolving.download(GeneratedImage.at(0, null, url)).block(PATIENCE);
            assertThat(image.size()).isEqualTo(10);
            assertDenied(resolving, url, address);
            assertThat(names.asked()).hasSize(2);
        }
        assertThat(tried)
                .hasSameSizeAs(addresses())
                .allMatch(address -> address.toString().endsWith("127.0.0.1:" + files.port()));
    }
}
