package dev.darkroom.emulator.desk;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.quota.Turnstile;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a valid order is welcome: not every guest is, nor every prompt, and a quota may be spent.
 *
 * @param turnstile what a key may do, null for anything
 * @param quotaFault what a spent quota's refusal looks like
 * @param pace the clock
 */
public record Entrance(@Nullable Turnstile turnstile, Fault quotaFault, Pace pace) {

    private static final Pattern FLAGGED = Pattern.compile("(?i)\\b(gore|nsfw)\\b");

    /**
     * Lets an order in.
     *
     * @param guest who asks
     * @param prompt for what
     * @param permits what it costs of the quota
     * @param wording words the refusal, where the API has one for it
     * @throws Refusal if it is not welcome
     */
    public void admit(Guest guest, String prompt, int permits, Function<Trouble, Optional<Reply>> wording) {
        var fault = guest.trouble();
        if (fault != Fault.NONE) {
            refuse(Trouble.usual(fault, pace.now()), wording);
        }
        if (FLAGGED.matcher(prompt).find()) {
            refuse(Trouble.usual(Fault.MODERATION, pace.now()), wording);
        }
        if (turnstile == null) {
            return;
        }
        var wait = turnstile.pass(guest.key(), permits);
        if (!wait.isZero()) {
            int limit = turnstile.quota().permits();
            refuse(new Trouble(quotaFault, wait, false, limit, permits, pace.now()), wording);
        }
    }

    /** An API which lacks a shape of refusal says it as a plain rate limit. */
    private static void refuse(Trouble trouble, Function<Trouble, Optional<Reply>> wording) {
        throw new Refusal(
                wording.apply(trouble).or(() -> wording.apply(trouble.plain())).orElseThrow());
    }
}
