package dev.darkroom.emulator.desk;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Who asks.
 *
 * <p>Every key which starts with {@code sk-} is welcome, but {@code sk-emulator-broke} has no credits,
 * {@code sk-emulator-busy} too much in flight, and {@code sk-emulator-limited} reached its limit.
 *
 * @param key the API key
 */
public record Guest(String key) {

    private static final String BEARER = "bearer ";

    /**
     * The caller, if the key is welcome.
     *
     * @param call the call
     * @param missing what is said to a caller without a key
     * @param unknown what is said to a caller whose key is not known
     * @return the guest
     */
    public static Guest of(Call call, Supplier<Reply> missing, Supplier<Reply> unknown) {
        String header = call.header("authorization").orElse("");
        if (header.isBlank()) {
            throw new Refusal(missing.get());
        }
        String key = header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? header.substring(BEARER.length()).strip()
                : "";
        if (!key.startsWith("sk-")) {
            throw new Refusal(unknown.get());
        }
        return new Guest(key);
    }

    /** What this guest's generations meet. */
    Fault trouble() {
        return switch (key) {
            case "sk-emulator-broke" -> Fault.CREDITS;
            case "sk-emulator-busy" -> Fault.IN_FLIGHT_BUDGET;
            case "sk-emulator-limited" -> Fault.FORBIDDEN;
            default -> Fault.NONE;
        };
    }

    /** Shows nothing of the key. */
    @Override
    public String toString() {
        return "Guest[key=REDACTED]";
    }
}
