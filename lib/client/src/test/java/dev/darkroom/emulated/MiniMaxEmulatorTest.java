package dev.darkroom.emulated;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.Size;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

class MiniMaxEmulatorTest extends UrlGatewayContract {

    @Override
    protected String gateway() {
        return "minimax";
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("MiniMax-H3-Image", "a lighthouse at dawn").size(Size.pixels(1024, 640));
    }

    @Override
    protected boolean streams() {
        return true;
    }

    @Override
    protected boolean tellsOfFailedImages() {
        return true;
    }

    /**
     * What it has no words for is refused by the emulator as a wrong request. {@code [DONE]} after an image ends a stream
     * whose summary is missing.
     */
    @Override
    protected Map<Ending, Set<Fault>> endings() {
        return Map.of(
                Ending.TRIED_AGAIN,
                EnumSet.of(Fault.RATE_LIMIT_EVENT),
                Ending.REJECTED,
                EnumSet.of(
                        Fault.IN_FLIGHT_BUDGET,
                        Fault.RATE_LIMIT_UPSTREAM,
                        Fault.RATE_LIMIT_AVAILABILITY,
                        Fault.SPENT_QUOTA,
                        Fault.REQUEST_TIMEOUT,
                        Fault.PROVIDER_ERROR,
                        Fault.EDGE_TIMEOUT),
                Ending.FAILED,
                EnumSet.of(Fault.ERROR_EVENT, Fault.IMAGE_FAILED),
                Ending.UNKNOWN,
                EnumSet.of(Fault.NO_TERMINAL),
                Ending.WITHOUT_BYTES,
                EnumSet.of(Fault.EXPIRED_URL));
    }

    /** A model that is not known is a wrong request. */
    @Override
    protected Map<Fault, Reason> reasons() {
        return Map.of(Fault.SPENT_QUOTA, Reason.CREDITS, Fault.MODEL_NOT_FOUND, Reason.REQUEST);
    }
}
