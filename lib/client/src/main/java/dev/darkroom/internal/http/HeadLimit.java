package dev.darkroom.internal.http;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.Http2SettingsSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpResponseDecoderSpec;

/**
 * How large the head of an answer may be. Gateways behind a content delivery network or a single sign-on send policies and
 * cookies of tens of kilobytes, and with the 8 KiB which are usual an answer that was paid for would be lost. What the
 * user's client says of heads besides stays as it is.
 */
final class HeadLimit {

    private HeadLimit() {}

    /** The client with this limit, unless it has a larger one. */
    static HttpClient on(HttpClient client, int bytes) {
        var config = client.configuration();
        var decoder = config.decoder();
        var limited = client.httpResponseDecoder(spec -> copy(decoder, spec)
                .maxHeaderSize(Math.max(decoder.maxHeaderSize(), bytes))
                .allowDuplicateContentLengths(true)); // a length said twice is one length; two lengths are an error
        var isHttp2 = Arrays.stream(config.protocols()).anyMatch(protocol -> protocol != HttpProtocol.HTTP11);
        return isHttp2 ? limited.http2Settings(copy(config.http2SettingsSpec(), bytes)) : limited;
    }

    private static HttpResponseDecoderSpec copy(HttpResponseDecoderSpec from, HttpResponseDecoderSpec to) {
        return to.maxInitialLineLength(from.maxInitialLineLength())
                .validateHeaders(from.validateHeaders())
                .initialBufferSize(from.initialBufferSize())
                .allowPartialChunks(from.allowPartialChunks())
                .h2cMaxContentLength(from.h2cMaxContentLength());
    }

    private static Consumer<Http2SettingsSpec.Builder> copy(@Nullable Http2SettingsSpec from, int bytes) {
        return to -> {
            var listSize = from == null ? null : from.maxHeaderListSize();
            to.maxHeaderListSize(Math.max(listSize == null ? 0 : listSize, bytes));
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
