package dev.darkroom.internal.call;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where an API is, as a user writes it. */
public final class BaseUrl {

    private static final String RULE =
            "the base URL must be http(s)://host[:port][/path] without user, query and fragment, its host a valid one (no"
                    + " underscores)";

    private BaseUrl() {}

    /**
     * Reads it.
     *
     * @param text absolute http or https URL without query; a slash at its end does not count
     * @return the URL, without a slash at its end
     * @throws IllegalArgumentException if it is no such URL; the message does not quote it, for it may hold a key
     */
    public static URI of(String text) {
        var url = parsed(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getHost() == null
                || !(scheme.equals("https") || scheme.equals("http"))
                || url.getRawQuery() != null
                || url.getRawFragment() != null
                || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(RULE);
        }
        return url;
    }

    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(RULE); // without its cause, which quotes what may hold a key
        }
    }
}
