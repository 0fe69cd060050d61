package dev.darkroom;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * Streams two previews of an ordinary size from a socket to a subscriber. Between {@link #arrives()} and {@link #heard()}, both called on the event
 * loop, lies the walk of the second, when everything is loaded. Run by {@link PreviewWalkTest} in a process of its own.
 */
final class PreviewWalk {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 1000000\r\n\r\n";

    private PreviewWalk() {}

    /** The bytes of the second preview stand at the codec. */
    static void arrives() {}

    /** The second preview is with its subscriber. */
    static void heard() {}

    /**
     * Runs it, and prints the operators of Reactor that hand the second preview on.
     *
     * @param args none
     */
    public static void main(String[] args) throws Exception {
        var first = new CountDownLatch(1);
        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var client = ImageClient.openRouter("sk-test")
                        .baseUrl("http://127.0.0.1:" + server.getLocalPort())
                        .customize(http -> http.doOnChannelInit((observer, channel, remote) ->
                                channel.pipeline().addFirst(new Gatekeeper())))) {
            var thread = new Thread(() -> serve(server, first));
            thread.setDaemon(true);
            thread.start();
            client.generate(ImageRequest.of("a/b", "a lighthouse").stream(true))
                    .doOnNext(event -> {
                        if (number(event) == 0) {
                            first.countDown();
                        } else {
                            heard();
                            System.out.println("operators " + operators());
                        }
                    })
                    .take(2)
                    .blockLast(PATIENCE);
        }
    }

    private static int number(ImageEvent event) {
        return ((ImageEvent.Partial) event).partialIndex();
    }

    /** On the stack, ours of the signal's way left out: they are counted as types. */
    private static String operators() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> frame.getClassName().startsWith("reactor.core.publisher.")
                                && frame.getMethodName().matches("onNext|tryOnNext|tryEmitNext"))
                        .map(frame -> frame.getClassName().replaceAll("reactor.core.publisher.|Subscriber", ""))
                        .collect(Collectors.joining(" ")));
    }

    /** Stands before all others, and sees the second preview come. */
    private static final class Gatekeeper extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf bytes
                    && bytes.toString(StandardCharsets.US_ASCII).contains("\"partial_image_index\":1")) {
                arrives();
            }
            context.fireChannelRead(message);
        }
    }

    private static void serve(ServerSocket server, CountDownLatch first) {
        try (var socket = server.accept()) {
            socket.getInputStream().read(new byte[10_000]);
            socket.getOutputStream().write((HEAD + preview(0)).getBytes(StandardCharsets.US_ASCII));
            first.await();
            socket.getOutputStream().write(preview(1).getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException | InterruptedException e) {
            // the client has gone, or the test is over
        }
    }

    private static String preview(int number) {
        var png = Arrays.copyOf("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1), 100_000);
        return "data: {\"type\":\"image_generation.partial_image\",\"partial_image_index\":" + number
                + ",\"b64_json\":\"" + Base64.getEncoder().encodeToString(png) + "\"}\n\n";
    }
}
