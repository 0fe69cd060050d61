package dev.darkroom.emulated;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.Size;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

class OpenRouterEmulatorTest extends EmulatedGatewayContract {

    @Override
    protected String gateway() {
        return "openrouter";
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn")
                .size(Size.pixels(1024, 1024));
    }

    @Override
    protected boolean streams() {
        return true;
    }

    @Override
    protected Map<Ending, Set<Fault>> endings() {
        return Map.of(
                Ending.TRIED_AGAIN,
                EnumSet.of(
                        Fault.IN_FLIGHT_BUDGET,
                        Fault.RATE_LIMIT_UPSTREAM,
                        Fault.RATE_LIMIT_AVAILABILITY,
                        Fault.RATE_LIMIT_EVENT),
                Ending.REJECTED,
                EnumSet.of(Fault.SPENT_QUOTA),
                Ending.FAILED,
                EnumSet.of(Fault.PROVIDER_ERROR, Fault.ERROR_EVENT, Fault.IMAGE_FAILED),
                Ending.UNKNOWN,
                EnumSet.of(Fault.REQUEST_TIMEOUT, Fault.EDGE_TIMEOUT, Fault.NO_TERMINAL, Fault.DONE_ONLY));
    }

    /** A key's limit is money. */
    @Override
    protected Map<Fault, Reason> reasons() {
        return Map.of(Fault.FORBIDDEN, Reason.CREDITS, Fault.SPENT_QUOTA, Reason.CREDITS);
    }
}
