package dev.darkroom.dialect;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.RejectedException;
import java.util.ArrayList;
import java.util.List;

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

    void throwIfRefused() {
        if (!faults.isEmpty()) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent to " + gateway + ": " + String.join("; ", faults),
                    FailureDetails.NONE);
        }
    }
}
