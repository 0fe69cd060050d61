package dev.darkroom.internal.call;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where an API is, as a user writes it. */
public final class BaseUrl {

    private static final String RULE =
            "the base URL must be http(s)://host[:port][/path][?query] without user and fragment, its host a valid one (no"
                    + " underscores)";

    private BaseUrl() {}

    /**
     * Reads it.
     *
     * @param text absolute http or https URL; a slash at the end of its path does not count, nor does an empty query
     * @return the URL, without a slash at the end of its path
     * @throws IllegalArgumentException if it is no such URL; the message does not quote it, for it may hold a key
     */
    public static URI of(String text) {
        var mark = text.indexOf('?');
        var path = mark < 0 ? text : text.substring(0, mark);
        var query = mark < 0 || mark == text.length() - 1 ? "" : text.substring(mark);
        var url = parsed((path.endsWith("/") ? path.substring(0, path.length() - 1) : path) + query);
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getHost() == null
                || !(scheme.equals("https") || scheme.equals("http"))
                || url.getRawFragment() != null
                || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(RULE);
        }
        return url;
    }

    /** Where a call goes: the path behind the base URL's own, and what the two ask for beside each other. */
    static URI with(URI baseUrl, String path) throws URISyntaxException {
        var query = baseUrl.getRawQuery();
        var base = withoutQuery(baseUrl);
        return new URI(query == null ? base + path : base + path + (path.indexOf('?') < 0 ? '?' : '&') + query);
    }

    private static String withoutQuery(URI baseUrl) {
        var text = baseUrl.toString();
        var mark = text.indexOf('?');
        return mark < 0 ? text : text.substring(0, mark);
    }

    /** For people: of the query only that there is one, for it may hold a key. */
    static String shown(URI baseUrl) {
        return withoutQuery(baseUrl) + (baseUrl.getRawQuery() == null ? "" : "?…");
    }

    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(RULE); // without its cause, which quotes what may hold a key
        }
    }
}
