package dev.darkroom.internal.http;

import dev.darkroom.dialect.BodyPart;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * One request, ready to be sent any number of times. Its headers hold the key, so it has no telling {@code toString}.
 *
 * @param method {@code GET}, {@code POST} or {@code DELETE}
 * @param uri absolute
 * @param headers valid by {@link HeaderRules}
 * @param body the parts of the body; empty for none
 */
public record HttpCall(String method, URI uri, Map<String, String> headers, List<BodyPart> body) {

    long contentLength() {
        return body.stream().mapToLong(BodyPart::length).sum();
    }

    boolean isSecure() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    String hostHeader() {
        return uri.getPort() == -1 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    @Override
    public String toString() {
        return "HttpCall[" + method + " " + uri.getHost() + "]";
    }
}
