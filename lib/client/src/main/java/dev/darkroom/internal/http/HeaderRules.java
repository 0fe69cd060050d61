package dev.darkroom.internal.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in a header, checked by us because not every version of every transport does.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.1">RFC 9110, 5.1 and 5.5</a>
 */
public final class HeaderRules {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20\\x09\\x21-\\x7e]*[\\x21-\\x7e])?");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");
    /** What editors, shells, files and web pages leave around a key, and nobody means. */
    private static final Pattern AROUND = Pattern.compile("^[\\s\\p{Z}\\ufeff\\u200b]+|[\\s\\p{Z}\\ufeff\\u200b]+$");
    /** Ours to set, or dangerous in anybody's hands. */
    private static final Pattern RESERVED = Pattern.compile(
            "(?i)authorization|host|content-length|transfer-encoding|connection|upgrade|te|trailer|expect"
                    + "|accept-encoding");

    private HeaderRules() {}

    /**
     * What is wrong with a header, without its value.
     *
     * @param name the name
     * @param value the value
     * @return the fault in words; null if there is none
     */
    public static @Nullable String fault(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            return "header name has a character that no header name may have";
        }
        if (RESERVED.matcher(name).matches()) {
            return "header " + name + " is set by the client itself";
        }
        return valueFault(name, value);
    }

    /**
     * A key without what stands around it.
     *
     * @param key as somebody pasted it
     * @return the key; empty if there is nothing but blanks
     */
    public static String trimmed(String key) {
        return AROUND.matcher(key).replaceAll("");
    }

    /**
     * What is wrong with a key, without showing it.
     *
     * @param key without blanks around it
     * @return the fault in words; null if there is none
     */
    public static @Nullable String keyFault(String key) {
        return KEY.matcher(key).matches()
                ? null
                : "the API key must be visible ASCII, with no blank or line break in it";
    }

    /**
     * What is wrong with a value, without showing it.
     *
     * @param name what it is the value of
     * @param value the value
     * @return the fault in words; null if there is none
     */
    public static @Nullable String valueFault(String name, String value) {
        return VALUE.matcher(value).matches()
                ? null
                : name + " must be visible ASCII without leading or trailing blanks and line breaks";
    }
}
