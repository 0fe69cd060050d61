package dev.darkroom.emulator.server;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads query parameters. */
final class QueryParameters {

    private QueryParameters() {}

    /** The first value of each parameter. */
    static Map<String, String> parse(String uri) {
        return new QueryStringDecoder(uri)
                .parameters().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().get(0)));
    }
}
