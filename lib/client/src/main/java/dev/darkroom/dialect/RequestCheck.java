package dev.darkroom.dialect;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects everything that is wrong with a request, so that it is all said at once and before anything is sent. */
final class RequestCheck {

    private final String gateway;
    private final List<String> faults = new ArrayList<>();

    RequestCheck(String gateway) {
        this.gateway = gateway;
    }

    /** Notes a fault unless the rule holds. The text names the field, the value and what would be right. */
    void require(boolean rule, String fault) {
        if (!rule) {
            faults.add(fault);
        }
    }

    /** Notes a fault. */
    void refuse(String fault) {
        faults.add(fault);
    }

    /** Notes the options which the gateway or the model does not take. */
    void refuse(ImageRequest request, Map<ImageOption, String> unsupported) {
        unsupported.forEach((option, why) ->
                refuse(option + " is not taken by " + gateway + " for model " + request.model() + ": " + why));
    }

    void throwIfRefused() {
        if (!faults.isEmpty()) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent to " + gateway + ": " + String.join("; ", faults),
                    FailureDetails.NONE);
        }
    }
}
