package dev.darkroom.emulated;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.gateway.MyRouter;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException.Reason;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

class MyRouterEmulatorTest extends UrlGatewayContract {

    @Override
    protected String gateway() {
        return "myrouter";
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("seedream-4.5", "a lighthouse at dawn");
    }

    @Override
    protected ImageRequest group(int images) {
        return request().with(MyRouter.SEQUENTIAL_IMAGES, images);
    }

    @Override
    protected boolean streams() {
        return false;
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
                        Fault.PROVIDER_ERROR,
                        Fault.EDGE_TIMEOUT,
                        Fault.IMAGE_FAILED),
                Ending.WITHOUT_BYTES,
                EnumSet.of(Fault.GARBAGE, Fault.EXPIRED_URL));
    }

    /** Spent money has two words, one of them under 403. */
    @Override
    protected Map<Fault, Reason> reasons() {
        return Map.of(Fault.FORBIDDEN, Reason.CREDITS);
    }
}
