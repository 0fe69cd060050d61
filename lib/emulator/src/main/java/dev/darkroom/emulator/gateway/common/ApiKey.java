package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The API key of a call.
 *
 * <p>Every key which starts with {@code sk-} is valid, but {@code sk-emulator-broke} has no credits,
 * {@code sk-emulator-busy} too much in flight, and {@code sk-emulator-limited} reached its limit.
 *
 * @param value the key itself
 */
public record ApiKey(String value) {

    private static final String BEARER = "bearer ";

    /**
     * Reads the key from {@code Authorization}.
     *
     * @param call the call
     * @param missing the reply to a call without a key
     * @param unknown the reply to a call whose key is not valid
     * @return the key
     * @throws ErrorReplyException if there is no valid key
     */
    public static ApiKey of(Call call, Supplier<Reply> missing, Supplier<Reply> unknown) {
        String header = call.header("authorization").orElse("");
        if (header.isBlank()) {
            throw new ErrorReplyException(missing.get());
        }
        String key = header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? header.substring(BEARER.length()).strip()
                : "";
        return known(key, unknown);
    }

    /**
     * A key from wherever else an API takes it.
     *
     * @param key what was sent
     * @param unknown the reply to a call whose key is not valid
     * @return the key
     * @throws ErrorReplyException if it is not valid
     */
    public static ApiKey known(String key, Supplier<Reply> unknown) {
        if (!key.startsWith("sk-")) {
            throw new ErrorReplyException(unknown.get());
        }
        return new ApiKey(key);
    }

    /** The fault which every generation with this key meets. */
    Fault fault() {
        return switch (value) {
            case "sk-emulator-broke" -> Fault.CREDITS;
            case "sk-emulator-busy" -> Fault.IN_FLIGHT_BUDGET;
            case "sk-emulator-limited" -> Fault.FORBIDDEN;
            default -> Fault.NONE;
        };
    }

    /** Shows nothing of the key. */
    @Override
    public String toString() {
        return "ApiKey[REDACTED]";
    }
}
