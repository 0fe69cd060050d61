package dev.darkroom.dialect;

import dev.darkroom.image.ImageRequest;
import java.util.List;
import java.util.Map;

/**
 * One call as it goes on the wire. It can be sent any number of times.
 *
 * @param method {@code GET}, {@code POST} or {@code DELETE}
 * @param path appended to the base URL, beginning with a slash, already percent-encoded; of a {@link Reading.Handle} also an
 *     absolute URL, where {@link Dialect#speaksAt(java.net.URI)} allows it
 * @param headers what the dialect adds; the key is not among them
 * @param body the parts of the body in order; empty for none
 */
public record ApiCall(String method, String path, Map<String, String> headers, List<BodyPart> body) {

    /**
     * Copies the collections.
     *
     * @param method {@code GET}, {@code POST} or {@code DELETE}
     * @param path appended to the base URL, beginning with a slash, already percent-encoded; of a {@link Reading.Handle} also an
     *     absolute URL, where {@link Dialect#speaksAt(java.net.URI)} allows it
     * @param headers what the dialect adds; the key is not among them
     * @param body the parts of the body in order; empty for none
     */
    public ApiCall {
        headers = Map.copyOf(headers);
        body = List.copyOf(body);
    }

    /**
     * What to accept: a gateway which is asked for a stream may answer with a document, so both are named.
     *
     * @param request what to generate
     * @return the value of {@code Accept}
     */
    public static String accept(ImageRequest request) {
        return request.stream() ? "application/json, text/event-stream" : "application/json";
    }

    /**
     * How long the body is.
     *
     * @return bytes
     */
    public long contentLength() {
        return body.stream().mapToLong(BodyPart::length).sum();
    }

    /** Without what stands in its headers, its query and its body: all three may hold what is nobody's business. */
    @Override
    public String toString() {
        int query = path.indexOf('?');
        return "ApiCall[" + method + " " + (query < 0 ? path : path.substring(0, query)) + ", headers="
                + headers.keySet().stream().sorted().toList() + ", " + contentLength() + " bytes]";
    }
}
