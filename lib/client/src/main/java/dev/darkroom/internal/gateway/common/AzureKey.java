package dev.darkroom.internal.gateway.common;

import dev.darkroom.gateway.Azure;
import java.util.Map;
import java.util.regex.Pattern;

/** How the key of an Azure resource travels, and how a token of Entra ID does, which some give in its place. */
public final class AzureKey {

    /** A JSON Web Token, signed or encrypted. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+(?:\\.[\\w-]*){2,4}");

    private AzureKey() {}

    /** The header it goes out in. */
    public static Map.Entry<String, String> header(String apiKey) {
        var isMarked = apiKey.startsWith(Azure.BEARER);
        return isMarked || TOKEN.matcher(apiKey).matches()
                ? Map.entry("Authorization", "Bearer " + (isMarked ? apiKey.substring(Azure.BEARER.length()) : apiKey))
                : Map.entry("api-key", apiKey);
    }
}
