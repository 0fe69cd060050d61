package dev.darkroom.internal.gateway.openrouter;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.internal.gateway.common.Failure;
import dev.darkroom.internal.gateway.common.RouterRules;
import org.jspecify.annotations.Nullable;

/**
 * What the failures of OpenRouter's Image API mean: as of all of its APIs, and what fails is not billed there. It answers in four
 * shapes (an error with a numeric code, an availability error, a schema error, an error event with a word for a code) and, from what
 * stands before it, in HTML.
 *
 * <table>
 * <caption>From what the gateway says to the exception</caption>
 * <tr><th>status or word</th><th>exception</th></tr>
 * <tr><td>402, 403, 429, an availability</td><td>{@link RouterRules}</td></tr>
 * <tr><td>502, if it is the router that says so</td><td>generation failed, not billed</td></tr>
 * <tr><td>inside a 200, before anything was made</td><td>generation failed, not billed</td></tr>
 * </table>
 */
final class OpenRouterFailures implements RouterRules {

    @Override
    public @Nullable ImageException meaning(Failure failure) {
        var meant = RouterRules.super.meaning(failure);
        return meant == null && failure.status() == 502 && failure.isOwn() && !failure.isTimeout()
                ? failure.failed(Billed.NO, PartialResult.NOTHING)
                : meant;
    }

    /** The image guide: all or nothing, and what fails is not billed. */
    @Override
    public Billed billed(boolean begun, int made) {
        return made > 0 ? Billed.UNKNOWN : Billed.NO;
    }
}
