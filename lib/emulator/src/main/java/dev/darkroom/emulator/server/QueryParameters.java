package dev.darkroom.emulator.server;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads query parameters. */
final class QueryParameters {

    private static final Pattern KEY = Pattern.compile("(?<=[?&])(key=)([^&]*)");

    private QueryParameters() {}

    /** The first value of each parameter. */
    static Map<String, String> parse(String uri) {
        return new QueryStringDecoder(uri)
                .parameters().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().get(0)));
    }

    /** The query without its question mark and without the key in it, empty if there is none. */
    static String redacted(String uri) {
        int query = uri.indexOf('?');
        return query < 0
                ? ""
                : KEY.matcher(uri.substring(query)).replaceAll("$1REDACTED").substring(1);
    }

    /** The key in a query, as it came, null if there is none. */
    static @Nullable String key(String uri) {
        var found = KEY.matcher(uri);
        return found.find() ? found.group(2) : null;
    }
}
