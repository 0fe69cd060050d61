package dev.darkroom.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.gateway.DashScope;
import dev.darkroom.image.ImageRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DashScopeEmulatorTest extends UrlGatewayContract {

    @Override
    protected ImageClient client(RunningEmulator emulator) {
        return ImageClient.named("dashscope", "sk-test")
                .baseUrl(emulator.baseUrl("dashscope").toString());
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("wan2.7-image-pro", "a lighthouse at dawn");
    }

    @Override
    protected boolean streams() {
        return false;
    }

    @Override
    protected boolean tellsOfFailedImages() {
        return false;
    }

    /** Its word for a spent quota is that of a limit by the minute. */
    @Override
    protected Map<Ending, Set<Fault>> endings() {
        return Map.of(
                Ending.TRIED_AGAIN,
                EnumSet.of(Fault.RATE_LIMIT_UPSTREAM, Fault.SPENT_QUOTA),
                Ending.REJECTED,
                EnumSet.of(
                        Fault.IN_FLIGHT_BUDGET,
                        Fault.RATE_LIMIT_AVAILABILITY,
                        Fault.REQUEST_TIMEOUT,
                        Fault.PROVIDER_ERROR,
                        Fault.EDGE_TIMEOUT,
                        Fault.IMAGE_FAILED),
                Ending.WITHOUT_BYTES,
                EnumSet.of(Fault.EXPIRED_URL));
    }

    @Test
    void aTaskIsMadeOnceAndAskedForWhicheverWayItsModelKnows() {
        for (String model : List.of("wan2.7-image-pro", "wan2.6-t2i", "qwen-image-plus", "wan2.2-t2i-flash")) {
            var before = posts().size();
            var request = request().model(model).with(DashScope.ASYNC, true);
            assertThat(result(request).first().isLoaded()).as(model).isTrue();
            assertThat(posts()).as(model).hasSize(before + 1);
        }
    }
}
