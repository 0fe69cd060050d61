package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.server.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Why a request is answered with an error, and all that a gateway may say about it.
 *
 * @param fault what is wrong
 * @param delay until trying again is worth while, where it is
 * @param explicit whether a plan names the wait: then it must be said, whatever the gateway usually says
 * @param limit how much a quota allows per period
 * @param asked how much of it the request asked for
 * @param now the emulator's clock
 */
public record ErrorContext(Fault fault, Duration delay, boolean explicit, int limit, int asked, Instant now) {

    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(1);
    private static final int DEFAULT_LIMIT = 20;

    /** What a plan asks for. */
    static ErrorContext of(Fault.Plan plan, Instant now) {
        var delay = plan.retryAfter();
        return new ErrorContext(
                plan.fault(), delay == null ? DEFAULT_WAIT : delay, delay != null, DEFAULT_LIMIT, 1, now);
    }

    /** What a key or a prompt brings about. */
    static ErrorContext of(Fault fault, Instant now) {
        return of(fault.once(), now);
    }

    /**
     * An error without a limit and without a retry hint.
     *
     * @param fault what is wrong
     * @return the context
     */
    public static ErrorContext of(Fault fault) {
        return of(fault, Instant.EPOCH);
    }

    /** The same as a plain rate limit. */
    ErrorContext asRateLimit() {
        return new ErrorContext(Fault.RATE_LIMIT, delay, explicit, limit, asked, now);
    }

    /**
     * Whether this is a rate limit.
     *
     * @return true for one of any shape
     */
    public boolean isRateLimit() {
        return fault.name().startsWith("RATE_LIMIT");
    }

    /**
     * The wait in whole seconds.
     *
     * @return rounded up, so never early
     */
    public long seconds() {
        return delay.plusNanos(999_999_999).toSeconds();
    }

    /**
     * Adds the hint which the fault asks for in a header: a date, milliseconds, or seconds where a plan names them.
     *
     * @param reply the error reply as the gateway usually words it
     * @return the same with the hint
     */
    public Reply withRetryHint(Reply reply) {
        return switch (fault) {
            case RATE_LIMIT_DATE -> withRetryDate(reply);
            case RATE_LIMIT_MILLIS -> reply.header("retry-after-ms", Long.toString(delay.toMillis()));
            case RATE_LIMIT_SILENT -> reply;
            default -> explicit ? withRetryAfterSeconds(reply) : reply;
        };
    }

    /**
     * Adds the wait in whole seconds.
     *
     * @param reply the error reply
     * @return the same with {@code Retry-After}
     */
    public Reply withRetryAfterSeconds(Reply reply) {
        return reply.header("Retry-After", Long.toString(seconds()));
    }

    /** A date says no more than the second: rounded up, so never early. */
    private Reply withRetryDate(Reply reply) {
        var until = now.plus(delay).plusNanos(999_999_999).atOffset(ZoneOffset.UTC);
        return reply.header("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)))
                .header("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(until));
    }
}
