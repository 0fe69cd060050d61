package dev.darkroom.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;

/** Which connections a client that is closed closes with it: those on which an answer is awaited or under way, and no other. */
class BusyConnectionsTest {

    private final ConnectionPools pools = new ConnectionPools();
    private final EmbeddedChannel http1 = new EmbeddedChannel();
    private final EmbeddedChannel stream = new EmbeddedChannel();

    BusyConnectionsTest() {
        http1.pipeline().addLast(NettyPipeline.HttpCodec, new HttpClientCodec());
    }

    @AfterEach
    void close() {
        http1.finishAndReleaseAll();
        stream.finishAndReleaseAll();
    }

    private void ask() {
        pools.begin(http1);
        http1.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/images"));
    }

    private void answer(String text) {
        http1.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    @Test
    void oneThatAwaitsAnAnswerIsClosed() {
        ask();
        pools.dispose();
        assertThat(http1.isOpen()).isFalse();
    }

    @Test
    void oneInTheMidstOfAnAnswerIsClosed() {
        ask();
        answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
        pools.dispose();
        assertThat(http1.isOpen()).isFalse();
    }

    @Test
    void oneWhoseAnswerHasEndedIsThePoolsAffair() {
        ask();
        answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab");
        pools.dispose();
        assertThat(http1.isOpen()).isTrue();
    }

    @Test
    void oneThatIsUsedAgainIsBusyAgain() {
        ask();
        answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab");
        ask();
        answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        pools.dispose();
        assertThat(http1.isOpen()).isFalse();
    }

    @Test
    void aStreamOfHttp2IsClosedToo() {
        pools.begin(stream);
        pools.dispose();
        assertThat(stream.isOpen()).isFalse();
    }

    @Test
    void whatBeginsBehindTheEndIsClosedAtOnce() {
        pools.dispose();
        pools.begin(stream);
        assertThat(stream.isOpen()).isFalse();
    }

    @Test
    void oneThatHangsUpIsForgottenThenAndThere() {
        ask();
        var listener = new Heard();
        CleanConnection.of(http1).onEnd(listener);
        assertThat(listener.times).isZero();
        http1.close();
        assertThat(listener.times).isEqualTo(1);
        CleanConnection.of(http1).onEnd(listener);
        assertThat(listener.times).isEqualTo(2);
    }

    private static final class Heard implements Runnable {

        private int times;

        @Override
        public void run() {
            times++;
        }
    }
}
