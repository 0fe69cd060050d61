package dev.darkroom.spring.web;

import dev.darkroom.image.ImageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A line for each failure that a browser is told, for whoever runs the server and will not see it: what became of the request, which one of its
 * kind, the gateway's id, and our own sentence. What a gateway said may quote a prompt or an account, and is left out.
 *
 * <p>An account that is not in order is an error; what an operator or a developer may have to mend is a warning; what a visitor did, or what
 * only says "later", is for debugging.
 */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.darkroom.spring.web");

    private FailureLog() {}

    /** Of a failure that is answered with a status. */
    static void answered(Problem problem, Throwable failure) {
        log("Answered", problem, failure);
    }

    /** Of a failure that is the last event of a stream: by what its status would have been. */
    static void told(ImageException failure) {
        var problem = Problem.of(failure);
        if (problem != null) {
            log("A stream of image events ended with what would have been", problem, failure);
        }
    }

    private static void log(String what, Problem problem, Throwable failure) {
        var cause = Problem.unwrapped(failure);
        var level = level(problem);
        LOG.atLevel(level)
                .setCause(level == Level.ERROR ? cause.getCause() : null)
                .log(
                        "{} {}: {}{}{}: {}",
                        what,
                        problem.status().value(),
                        problem.kind(),
                        problem.reason() == null ? "" : ", " + problem.reason(),
                        idOf(cause) == null ? "" : ", generation " + idOf(cause),
                        cause.getMessage());
    }

    private static Level level(Problem problem) {
        return switch (problem.status()) {
            case INTERNAL_SERVER_ERROR, PAYMENT_REQUIRED -> Level.ERROR;
            case BAD_REQUEST, BAD_GATEWAY, SERVICE_UNAVAILABLE, GATEWAY_TIMEOUT -> Level.WARN;
            default -> Level.DEBUG;
        };
    }

    private static @Nullable String idOf(Throwable failure) {
        return failure instanceof ImageException image ? image.details().generationId() : null;
    }
}
