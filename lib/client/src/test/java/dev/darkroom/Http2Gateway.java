package dev.darkroom;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2FrameWriter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/**
 * A gateway that speaks HTTP/2 over TLS and knows nothing of its rules: the test says which frame goes out on which stream, and
 * every frame of the client is written down.
 */
final class Http2Gateway implements AutoCloseable {

    /** One certificate for all: its making costs more than its use. */
    private static final X509Bundle CERTIFICATE = certificate();

    private static final int PREFACE = 24;

    /** What was asked, counted from 1, and its stream. Frames are written on the event loop, where the script runs. */
    record Request(int number, int connection, int stream, Http2Headers head, Frames frames) {

        /** A whole answer: the picture of this request. */
        void answer() {
            frames.head(stream, 200).data(stream, RawGateway.document(number), true);
        }
    }

    /** Answers one request, once it is whole. */
    @FunctionalInterface
    interface Script {
        void answer(Request request) throws Exception;
    }

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final Queue<Channel> open = new ConcurrentLinkedQueue<>();
    private final Channel server;
    private volatile Script early = request -> {};

    Http2Gateway(Script script) {
        this(new Http2Settings(), script);
    }

    Http2Gateway(Http2Settings settings, Script script) {
        var tls = tls();
        server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        open.add(channel);
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()))
                                .addLast(new Frames(connections.incrementAndGet(), settings, script));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    private static X509Bundle certificate() {
        try {
            return new CertificateBuilder()
                    .subject("CN=localhost")
                    .addSanDnsName("localhost")
                    .addSanDnsName("gateway.test")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static X509Bundle trusted() {
        return CERTIFICATE;
    }

    private static SslContext tls() {
        try {
            return SslContextBuilder.forServer(CERTIFICATE.toKeyManagerFactory())
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            "h2"))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client's transport that trusts these gateways, as one who brings a context of his own writes it. */
    static HttpClient trusting(HttpClient http) {
        GenericSslContextSpec<SslContextBuilder> tls = Http2SslContextSpec.forClient()
                .configure(context -> context.trustManager(CERTIFICATE.getCertificate()));
        return http.secure(spec -> spec.sslContext(tls));
    }

    /** What one connection says and hears. */
    final class Frames extends ByteToMessageDecoder {

        private final int connection;
        private final Http2Settings settings;
        private final Script script;
        private final Http2FrameReader reader = new DefaultHttp2FrameReader();
        private final Http2FrameWriter writer = new DefaultHttp2FrameWriter();
        private final Map<Integer, Http2Headers> heads = new HashMap<>();
        private final Heard heard = new Heard();
        private ChannelHandlerContext context;
        private boolean greeted;
        private boolean held;

        private Frames(int connection, Http2Settings settings, Script script) {
            this.connection = connection;
            this.settings = settings;
            this.script = script;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
            if (!greeted && in.readableBytes() >= PREFACE) {
                greeted = true;
                in.skipBytes(PREFACE);
                writer.writeSettings(context, settings, context.newPromise());
                context.flush();
            }
            if (greeted) {
                reader.readFrame(context, in, heard);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            frames.add(connection + ": closed");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        Frames head(int stream, int status) {
            return head(stream, status, "application/json");
        }

        /** The head of a stream of events. */
        Frames stream(int stream) {
            return head(stream, 200, "text/event-stream");
        }

        private Frames head(int stream, int status, String type) {
            var head =
                    new DefaultHttp2Headers().status(Integer.toString(status)).add("content-type", type);
            writer.writeHeaders(context, stream, head, 0, false, context.newPromise());
            return flushed();
        }

        Frames data(int stream, String text, boolean end) {
            return data(stream, Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII), end);
        }

        Frames data(int stream, ByteBuf bytes, boolean end) {
            writer.writeData(context, stream, bytes, 0, end, context.newPromise());
            return flushed();
        }

        Frames reset(int stream, Http2Error error) {
            writer.writeRstStream(context, stream, error.code(), context.newPromise());
            return flushed();
        }

        Frames goAway(int lastStream, Http2Error error) {
            writer.writeGoAway(context, lastStream, error.code(), Unpooled.EMPTY_BUFFER, context.newPromise());
            return flushed();
        }

        Frames push(int stream, int promised) {
            var head = new DefaultHttp2Headers()
                    .method("GET")
                    .path("/")
                    .scheme("https")
                    .authority("localhost");
            writer.writePushPromise(context, stream, promised, head, 0, context.newPromise());
            return flushed();
        }

        /** Some moments later, so that requests meet. */
        void later(Runnable task) {
            context.executor().schedule(task, 20, TimeUnit.MILLISECONDS);
        }

        void hangUp() {
            context.close();
        }

        /** Its frames leave together. */
        void atOnce(Runnable frames) {
            held = true;
            frames.run();
            held = false;
            flushed();
        }

        private Frames flushed() {
            if (!held) {
                context.flush();
            }
            return this;
        }

        /** Writes down, and gives back what the client may send. */
        private final class Heard extends Http2FrameAdapter {

            private void note(String frame) {
                frames.add(connection + ": " + frame);
            }

            @Override
            public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean end)
                    throws Http2Exception {
                var size = data.readableBytes();
                note("DATA " + stream + " " + size);
                if (size > 0) {
                    writer.writeWindowUpdate(context, 0, size, context.newPromise());
                    if (!end) {
                        writer.writeWindowUpdate(context, stream, size, context.newPromise());
                    }
                    context.flush();
                }
                if (end) {
                    whole(stream);
                }
                return size;
            }

            @Override
            public void onHeadersRead(
                    ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end) {
                note("HEADERS " + stream + " " + headers.method());
                heads.put(stream, headers);
                run(early, stream, headers, 0);
                if (end) {
                    whole(stream);
                }
            }

            @Override
            public void onHeadersRead(
                    ChannelHandlerContext context,
                    int stream,
                    Http2Headers headers,
                    int dependency,
                    short weight,
                    boolean exclusive,
                    int padding,
                    boolean end) {
                onHeadersRead(context, stream, headers, padding, end);
            }

            @Override
            public void onRstStreamRead(ChannelHandlerContext context, int stream, long code) {
                note("RST_STREAM " + stream + " " + Http2Error.valueOf(code));
            }

            @Override
            public void onGoAwayRead(ChannelHandlerContext context, int last, long code, ByteBuf debug) {
                note("GOAWAY " + Http2Error.valueOf(code));
            }

            @Override
            public void onSettingsRead(ChannelHandlerContext context, Http2Settings theirs) {
                note("SETTINGS " + theirs);
                writer.writeSettingsAck(context, context.newPromise());
                context.flush();
            }

            @Override
            public void onWindowUpdateRead(ChannelHandlerContext context, int stream, int increment) {
                note("WINDOW_UPDATE " + stream + " " + increment);
            }

            @Override
            public void onPingRead(ChannelHandlerContext context, long data) {
                note("PING");
                writer.writePing(context, true, data, context.newPromise());
                context.flush();
            }

            private void whole(int stream) {
                run(script, stream, heads.remove(stream), numbers.incrementAndGet());
            }

            private void run(Script script, int stream, Http2Headers head, int number) {
                try {
                    script.answer(new Request(number, connection, stream, head, Frames.this));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** What it does when it has read the head of a request. */
    void onHead(Script script) {
        early = script;
    }

    /** The next frame that begins so, which must come; what comes before it is passed over. */
    String await(String beginning) throws InterruptedException {
        for (var frame = frames.poll(1, TimeUnit.MINUTES); frame != null; frame = frames.poll(1, TimeUnit.MINUTES)) {
            if (frame.startsWith(beginning)) {
                return frame;
            }
        }
        throw new AssertionError("no frame " + beginning);
    }

    /** Those that nobody awaited. */
    List<String> frames() {
        return List.copyOf(frames);
    }

    int requests() {
        return numbers.get();
    }

    int connections() {
        return connections.get();
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    String url() {
        return "https://localhost:" + port();
    }

    @Override
    public void close() {
        server.close();
        open.forEach(Channel::close);
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
