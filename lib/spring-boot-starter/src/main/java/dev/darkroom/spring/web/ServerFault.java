package dev.darkroom.spring.web;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a browser is told of an error in the middle of a stream which is no failure of a generation: that there was one. */
final class ServerFault {

    private static final Logger LOG = LoggerFactory.getLogger("dev.darkroom.spring.web");

    private ServerFault() {}

    /** Of what went wrong here nobody knows whether a picture was made; the log has the error, which nobody else will see. */
    static ImageException of(Throwable failure) {
        if (failure instanceof ImageException told) {
            return told;
        }
        LOG.error("A stream of image events ended with an error behind its first bytes", failure);
        return new OutcomeUnknownException(
                OutcomeUnknownException.Reason.CUT,
                "an error on the server ended the stream of events",
                FailureDetails.NONE,
                PartialResult.NOTHING,
                null);
    }
}
