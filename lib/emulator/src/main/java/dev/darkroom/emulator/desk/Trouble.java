package dev.darkroom.emulator.desk;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultPlan;
import dev.darkroom.emulator.server.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A refusal to be worded.
 *
 * @param fault what is wrong
 * @param delay until trying again is worth while, where it is
 * @param told whether a plan names the wait: then it must be said, whatever the dialect usually says
 * @param limit how much a quota allows per period
 * @param asked how much of it the request asked for
 * @param now the emulator's clock
 */
public record Trouble(Fault fault, Duration delay, boolean told, int limit, int asked, Instant now) {

    private static final Duration USUAL_WAIT = Duration.ofSeconds(1);
    private static final int USUAL_LIMIT = 20;

    /** What a plan asks for. */
    static Trouble planned(FaultPlan plan, Instant now) {
        var delay = plan.retryAfter();
        return new Trouble(plan.fault(), delay == null ? USUAL_WAIT : delay, delay != null, USUAL_LIMIT, 1, now);
    }

    /** What a guest or a prompt brings about. */
    static Trouble usual(Fault fault, Instant now) {
        return planned(fault.once(), now);
    }

    /**
     * What goes wrong without a limit and without a hint.
     *
     * @param fault what is wrong
     * @return the trouble
     */
    public static Trouble of(Fault fault) {
        return usual(fault, Instant.EPOCH);
    }

    /** The same as a plain rate limit. */
    Trouble plain() {
        return new Trouble(Fault.RATE_LIMIT, delay, told, limit, asked, now);
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
     * @param reply the refusal as the dialect usually words it
     * @return the same with the hint
     */
    public Reply hinted(Reply reply) {
        return switch (fault) {
            case RATE_LIMIT_DATE -> dated(reply);
            case RATE_LIMIT_MILLIS -> reply.header("retry-after-ms", Long.toString(delay.toMillis()));
            case RATE_LIMIT_SILENT -> reply;
            default -> told ? inSeconds(reply) : reply;
        };
    }

    /**
     * Adds the wait in whole seconds.
     *
     * @param reply the refusal
     * @return the same with {@code Retry-After}
     */
    public Reply inSeconds(Reply reply) {
        return reply.header("Retry-After", Long.toString(seconds()));
    }

    /** A date says no more than the second: rounded up, so never early. */
    private Reply dated(Reply reply) {
        var until = now.plus(delay).plusNanos(999_999_999).atOffset(ZoneOffset.UTC);
        return reply.header("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)))
                .header("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(until));
    }
}
