package dev.darkroom.internal.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.AttributeKey;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.Http2SettingsSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

/**
 * How HTTP/2 is spoken: offered in the TLS handshake beside HTTP/1.1, and with windows of which one slow reader cannot keep the
 * others. What the user's client says of HTTP/2 besides stays as it is.
 *
 * <p>The hard case is that window of the connection: what streams have not read yet counts against it, and it has 64 KiB unless
 * told otherwise, which one subscriber who asks for nothing more would fill. So it is wider than all streams together.
 */
final class Http2 {

    /** What a server may send ahead of its reader: as much as a picture of usual size, in one round trip. */
    private static final int STREAM_WINDOW = 1 << 20;

    private static final int CONNECTION_WINDOW = 1 << 30;

    private static final AttributeKey<Boolean> PREPARED = AttributeKey.valueOf("darkroom.http2");

    private Http2() {}

    static HttpClient offeredBy(HttpClient client) {
        return client.protocol(HttpProtocol.H2, HttpProtocol.HTTP11);
    }

    static boolean isSpokenBy(HttpClient client) {
        return Arrays.stream(client.configuration().protocols()).anyMatch(protocol -> protocol != HttpProtocol.HTTP11);
    }

    static HttpClient withHeads(HttpClient client, int headBytes) {
        return client.http2Settings(settings(client.configuration().http2SettingsSpec(), headBytes));
    }

    /** Once for each connection, before the first request is written on it; on its event loop. */
    static void prepare(Channel channel, Http2FrameCodec codec) {
        if (channel.attr(PREPARED).getAndSet(true) == null) {
            UnaskedStreams.forbid(channel, codec);
            widen(codec.connection());
        }
    }

    private static void widen(Http2Connection connection) {
        var window = connection.local().flowController();
        var all = connection.connectionStream();
        try {
            window.incrementWindowSize(all, CONNECTION_WINDOW - window.windowSize(all));
        } catch (Http2Exception e) {
            throw new IllegalStateException(e); // of a number that is too large
        }
    }

    private static Consumer<Http2SettingsSpec.Builder> settings(@Nullable Http2SettingsSpec from, int headBytes) {
        return to -> {
            var listSize = from == null ? null : from.maxHeaderListSize();
            to.maxHeaderListSize(Math.max(listSize == null ? 0 : listSize, headBytes));
            to.initialWindowSize(STREAM_WINDOW);
            if (from == null) {
                return;
            }
            set(from.connectProtocolEnabled(), to::connectProtocolEnabled);
            set(from.headerTableSize(), to::headerTableSize);
            set(from.initialWindowSize(), to::initialWindowSize);
            set(from.maxConcurrentStreams(), to::maxConcurrentStreams);
            set(from.maxFrameSize(), to::maxFrameSize);
            set(from.maxStreams(), to::maxStreams);
            set(from.pingAckDropThreshold(), to::pingAckDropThreshold);
            set(from.pingAckTimeout(), to::pingAckTimeout);
            set(
                    from.maxDecodedRstFramesPerWindow(),
                    frames -> set(
                            from.maxDecodedRstFramesSecondsPerWindow(),
                            seconds -> to.maxDecodedRstFramesPerWindow(frames, seconds)));
            set(
                    from.maxEncodedRstFramesPerWindow(),
                    frames -> set(
                            from.maxEncodedRstFramesSecondsPerWindow(),
                            seconds -> to.maxEncodedRstFramesPerWindow(frames, seconds)));
        };
    }

    private static <V> void set(@Nullable V value, Consumer<V> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
