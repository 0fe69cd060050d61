package dev.darkroom.springai;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.RejectedException;

/** Of a prompt which asks for what no gateway takes: told before anything is sent. */
final class Refusal {

    private Refusal() {}

    static RejectedException of(String why) {
        return new RejectedException(RejectedException.Reason.REQUEST, why, FailureDetails.NONE);
    }
}
