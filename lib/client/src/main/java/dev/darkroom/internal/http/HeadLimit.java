package dev.darkroom.internal.http;

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
        return Http2.isSpokenBy(client) ? Http2.withHeads(limited, bytes) : limited;
    }

    private static HttpResponseDecoderSpec copy(HttpResponseDecoderSpec from, HttpResponseDecoderSpec to) {
        return to.maxInitialLineLength(from.maxInitialLineLength())
                .validateHeaders(from.validateHeaders())
                .initialBufferSize(from.initialBufferSize())
                .allowPartialChunks(from.allowPartialChunks())
                .h2cMaxContentLength(from.h2cMaxContentLength());
    }
}
