package dev.darkroom.emulator.openrouter;

import dev.darkroom.emulator.server.Call;
import java.util.Locale;

/**
 * Who may come in.
 *
 * <ul>
 *   <li>no key: 401
 *   <li>{@code sk-emulator-broke}: 402, no credits
 *   <li>{@code sk-emulator-busy}: 402, too much in flight, {@code Retry-After: 1}
 *   <li>{@code sk-emulator-limited}: 403, the key's limit is reached
 *   <li>any other key which starts with {@code sk-}: welcome
 *   <li>any other key: 401
 * </ul>
 */
final class Access {

    private static final String BEARER = "bearer ";

    private Access() {}

    /** The caller's key, if it is welcome here. */
    static String key(Call call) {
        String header = call.header("authorization").orElse("");
        if (header.isBlank()) {
            throw new Refusal(Errors.error(401, "No cookie auth credentials found"));
        }
        String key = header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? header.substring(BEARER.length()).strip()
                : "";
        if (!key.startsWith("sk-")) {
            throw new Refusal(Errors.error(401, "User not found."));
        }
        return key;
    }
}
