package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RejectedException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.HttpProtocol;

/** Over HTTP/2 an answer is announced, and heads are as large, as over HTTP/1.1. */
class AnnouncementsOverHttp2Test {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicInteger requests = new AtomicInteger();
    private final ImageClient client = ImageClient.openRouter("sk-test").rateLimits(r -> r.maxWait(Duration.ZERO));
    private volatile int[] announcements = {};
    private volatile int status = 200;
    private volatile int cookies;
    private Channel server;

    @BeforeEach
    void open() {
        server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(Http2FrameCodecBuilder.forServer()
                                        .encoderIgnoreMaxHeaderListSize(true)
                                        .build())
                                .addLast(new Http2MultiplexHandler(new Gateway()));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    @AfterEach
    void stop() {
        client.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** One for all streams: it has no state. */
    @io.netty.channel.ChannelHandler.Sharable
    private final class Gateway extends SimpleChannelInboundHandler<Http2StreamFrame> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
            var isEnd = (frame instanceof Http2HeadersFrame head && head.isEndStream())
                    || (frame instanceof Http2DataFrame data && data.isEndStream());
            if (!isEnd) {
                return;
            }
            requests.incrementAndGet();
            for (int announcement : announcements) {
                context.write(
                        new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status(String.valueOf(announcement))));
            }
            var head = new DefaultHttp2Headers().status(String.valueOf(status)).add("content-type", "application/json");
            for (int i = 0; i < cookies; i++) {
                head.add("set-cookie", "c" + i + "=" + "x".repeat(4000));
            }
            context.write(new DefaultHttp2HeadersFrame(head));
            context.writeAndFlush(new DefaultHttp2DataFrame(
                    Unpooled.copiedBuffer(RawGateway.document(1), StandardCharsets.US_ASCII), true));
        }
    }

    private ImageClient there() {
        return client.customize(http -> http.protocol(HttpProtocol.H2C))
                .baseUrl("http://127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort());
    }

    @Test
    void repliesThatOnlyAnnounceTheRealOneArePassedOver() {
        announcements = new int[] {102, 103, 103};
        var images = there();
        for (int i = 1; i <= 3; i++) {
            assertThat(images.result(REQUEST).block(PATIENCE).images()).hasSize(1);
        }
        assertThat(requests).hasValue(3);
    }

    @Test
    void aRefusalIsAnnouncedTheSame() {
        announcements = new int[] {103};
        status = 401;
        var failure = there().result(REQUEST).materialize().block(PATIENCE).getThrowable();
        assertThat(((RejectedException) failure).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 14})
    void headsUpToSixtyFourKilobytesAreRead(int cookies) {
        this.cookies = cookies;
        assertThat(there().result(REQUEST).block(PATIENCE).images()).hasSize(1);
    }

    @Test
    void aLargerHeadIsNoSuccessAndNotAskedForAgain() {
        cookies = 30;
        var failure = there().result(REQUEST).materialize().block(PATIENCE).getThrowable();
        assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
        assertThat(requests).hasValue(1);
    }
}
