package dev.darkroom.pipeline;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far it is.
 *
 * @param total prompts of the input
 * @param done of all runs
 * @param earlier of these, by earlier runs
 * @param running sent, and not answered
 * @param waiting for their turn
 * @param failed of all runs
 * @param unknown of all runs: perhaps paid for, and nothing to show
 * @param images made by this run
 * @param imagesPerMinute of this run
 * @param costs of all runs, by unit
 * @param timeLeft at this pace; null if nobody can tell
 * @param retryAt when a rate limit ends that is waited for; null if none is
 */
public record Progress(
        int total,
        int done,
        int earlier,
        int running,
        int waiting,
        int failed,
        int unknown,
        long images,
        double imagesPerMinute,
        Map<String, BigDecimal> costs,
        @Nullable Duration timeLeft,
        @Nullable Instant retryAt) {

    /** Nothing more is sent: how long all of it would have taken is of no interest. */
    Progress ending() {
        return new Progress(
                total, done, earlier, running, waiting, failed, unknown, images, imagesPerMinute, costs, null, retryAt);
    }

    /** {@return how many are still to be sent} */
    public int left() {
        return Math.max(0, total - done - failed - unknown);
    }
}
