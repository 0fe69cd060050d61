package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.quota.RateLimiter;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a valid request is admitted: some keys and some prompts are rejected, and a quota may be spent.
 *
 * @param rateLimiter counts the requests of each key, null for no limit
 * @param quotaFault what the reply looks like when the quota is spent
 * @param timing the clock
 */
public record AdmissionCheck(@Nullable RateLimiter rateLimiter, Fault quotaFault, Timing timing) {

    private static final Pattern FLAGGED = Pattern.compile("(?i)\\b(gore|nsfw)\\b");

    /**
     * Checks key, prompt and quota, in this order.
     *
     * @param apiKey who asks
     * @param prompt for what
     * @param permits what it costs of the quota
     * @param toReply the API's error reply, where it has one
     * @throws ErrorReplyException if the request is not admitted
     */
    public void check(ApiKey apiKey, String prompt, int permits, Function<ErrorContext, Optional<Reply>> toReply) {
        var fault = apiKey.fault();
        if (fault != Fault.NONE) {
            reject(ErrorContext.of(fault, timing.now()), toReply);
        }
        if (FLAGGED.matcher(prompt).find()) {
            reject(ErrorContext.of(Fault.MODERATION, timing.now()), toReply);
        }
        if (rateLimiter == null) {
            return;
        }
        var wait = rateLimiter.acquire(apiKey.value(), permits);
        if (!wait.isZero()) {
            int limit = rateLimiter.quota().permits();
            reject(new ErrorContext(quotaFault, wait, false, limit, permits, timing.now()), toReply);
        }
    }

    /** An API without an error for this fault answers as for a plain rate limit. */
    private static void reject(ErrorContext error, Function<ErrorContext, Optional<Reply>> toReply) {
        throw new ErrorReplyException(toReply.apply(error)
                .or(() -> toReply.apply(error.asRateLimit()))
                .orElseThrow());
    }
}
