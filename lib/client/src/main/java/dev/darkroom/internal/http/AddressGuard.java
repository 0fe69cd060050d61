package dev.darkroom.internal.http;

import dev.darkroom.internal.address.AddressRange;
import dev.darkroom.internal.address.DownloadSources;
import dev.darkroom.internal.address.PublicAddresses;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.proxy.ProxyHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelPipelineConfigurer;
import reactor.netty.ConnectionObserver;

/**
 * Lets connections be made only to where downloads may come from. It looks at the address in the very moment in which
 * the channel would connect to it, so that it does not matter how that address was come by: spelt in the URL, resolved,
 * resolved anew to something else, or named by a redirect. What it refuses is never connected to.
 *
 * <p>The hard case is a proxy, which resolves names itself: there only the name can be judged. Spelt addresses are
 * judged as always, names that stand for local things are refused, and for all others the proxy has to answer.
 *
 * <p>One object for all connections of a client, on any event loop; the pool keeps its connections apart from others to
 * the same host, because it is part of what the pool compares.
 *
 * @param sources what is allowed besides the public Internet
 * @param onlySources whether the public Internet is not allowed
 */
record AddressGuard(DownloadSources sources, boolean onlySources) implements ChannelPipelineConfigurer {

    private static final String NAME = "darkroom.address-guard";

    /** An address which a download must not be fetched from. The text names no address: it may be shown to anybody. */
    static final class DeniedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        DeniedException(String fault) {
            super(fault, null, false, false);
        }
    }

    @Override
    public void onChannelInit(ConnectionObserver observer, Channel channel, @Nullable SocketAddress remote) {
        var host = remote instanceof InetSocketAddress address ? address.getHostString() : "";
        // Last: a proxy's handler stands first, and has not replaced the address yet when it passes here.
        channel.pipeline().addLast(NAME, new Handler(host));
    }

    /** What is wrong with connecting; null if nothing is. */
    @Nullable
    String fault(String host, @Nullable SocketAddress remote, boolean proxied) {
        if (sources.names(host)) {
            return null;
        }
        if (!(remote instanceof InetSocketAddress internet)) {
            return "is at no Internet address";
        }
        var spelt = AddressRange.address(DownloadSources.name(host));
        var address = internet.getAddress() == null ? spelt : internet.getAddress();
        if (address == null) {
            return proxied ? faultOfName(host) : "was not resolved";
        }
        return faultOf(address);
    }

    private @Nullable String faultOf(InetAddress address) {
        if (sources.contain(address)) {
            return null;
        }
        if (onlySources) {
            return "is not allowed";
        }
        return PublicAddresses.contain(address) ? null : "is at an address which is not public";
    }

    private @Nullable String faultOfName(String host) {
        if (onlySources) {
            return "is not allowed by name, and behind a proxy its address is not known";
        }
        var name = DownloadSources.name(host);
        var isLocal = name.indexOf('.') < 0
                || name.endsWith(".localhost")
                || name.endsWith(".local")
                || name.endsWith(".internal")
                || name.endsWith(".home.arpa");
        return isLocal || DownloadSources.endsInNumber(name) ? "is the name of something local" : null;
    }

    /** One for each attempt to connect. */
    private final class Handler extends ChannelOutboundHandlerAdapter {

        private final String host;

        Handler(String host) {
            this.host = host;
        }

        @Override
        public void connect(
                ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise)
                throws Exception {
            var proxied = context.pipeline().get(ProxyHandler.class) != null;
            var fault = fault(host, remote, proxied);
            if (fault == null) {
                super.connect(context, remote, local, promise);
                context.pipeline().remove(this); // its work is done
            } else {
                promise.tryFailure(new DeniedException(fault));
            }
        }
    }
}
