package dev.darkroom.emulated;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.Size;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

class Token360EmulatorTest extends UrlGatewayContract {

    @Override
    protected String gateway() {
        return "token360";
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("kling-image-o1", "a lighthouse at dawn").size(Size.pixels(1024, 640));
    }

    @Override
    protected boolean streams() {
        return false;
    }

    @Override
    protected boolean tellsOfFailedImages() {
        return true;
    }

    /** What it has no words for is refused by the emulator as a wrong request. */
    @Override
    protected Map<Ending, Set<Fault>> endings() {
        return Map.of(
                Ending.REJECTED,
                EnumSet.of(
                        Fault.IN_FLIGHT_BUDGET,
                        Fault.RATE_LIMIT_UPSTREAM,
                        Fault.RATE_LIMIT_AVAILABILITY,
                        Fault.SPENT_QUOTA,
                        Fault.REQUEST_TIMEOUT,
                        Fault.EDGE_TIMEOUT,
                        Fault.IMAGE_FAILED),
                Ending.FAILED,
                EnumSet.of(Fault.PROVIDER_ERROR, Fault.IMAGES_STOPPED),
                Ending.WITHOUT_BYTES,
                EnumSet.of(Fault.GARBAGE, Fault.EXPIRED_URL));
    }

    /** Its pages have no word for an offending prompt. */
    @Override
    protected Map<Fault, Reason> reasons() {
        return Map.of(Fault.MODERATION, Reason.REQUEST);
    }
}
