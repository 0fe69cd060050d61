package dev.darkroom.internal.call;

import dev.darkroom.internal.http.HeaderRules;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A key, as a user gives it. */
public final class ApiKey {

    private ApiKey() {}

    /**
     * One that stays.
     *
     * @param gateway whose it is, for messages
     * @param key blanks and line ends around it do not count
     * @return the key
     * @throws IllegalArgumentException if it is null or blank, or has anything but visible ASCII in it; the message does not
     *     show it
     */
    public static Mono<String> given(String gateway, @Nullable String key) {
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException(
                    "the API key of " + gateway + " is missing: set it, for example from an environment variable");
        }
        var trimmed = HeaderRules.trimmed(key);
        var fault = HeaderRules.keyFault(trimmed);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        return Mono.just(trimmed);
    }

    /**
     * One that may change.
     *
     * @param supplier asked at each subscription
     * @return what it gives, or what it throws; an Error, too, is the request's to tell, and not the thread's
     */
    public static Mono<String> asked(Supplier<@Nullable String> supplier) {
        return Mono.defer(() -> {
            try {
                return Mono.justOrEmpty(supplier.get());
            } catch (Throwable e) {
                return Mono.error(e);
            }
        });
    }
}
