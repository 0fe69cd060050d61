package dev.darkroom.emulator.gateway.azure;

import dev.darkroom.emulator.gateway.common.ApiKey;
import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.server.Call;
import java.util.Locale;

/** Reads the key of a resource from {@code api-key}, or a key or an Entra token (a JWT) from {@code Authorization}. */
final class Credentials {

    private static final String BEARER = "bearer ";

    private Credentials() {}

    static ApiKey of(Call call) {
        var key = call.header("api-key")
                .orElseGet(() -> bearer(call.header("authorization").orElse("")));
        if (key.isEmpty()) {
            throw new ErrorReplyException(Errors.unauthorized("missing"));
        }
        if (!key.startsWith("sk-") && !key.startsWith("eyJ")) {
            throw new ErrorReplyException(Errors.unauthorized("invalid"));
        }
        return new ApiKey(key);
    }

    private static String bearer(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? header.substring(BEARER.length()).strip()
                : "";
    }
}
