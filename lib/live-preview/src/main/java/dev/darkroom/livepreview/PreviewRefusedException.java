package dev.darkroom.livepreview;

import java.io.Serial;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A preview does not do what a browser asks; nothing was sent to a gateway. Becomes an answer with its status and a problem
 * (RFC 9457) whose {@code detail} the element shows: 400 without the element's header, 404 for a preview or a picture that is not
 * there, 409 where nobody listens or the preview is full, 429 where enough is under way, 503 where too many previews are open.
 */
public final class PreviewRefusedException extends ErrorResponseException {

    @Serial
    private static final long serialVersionUID = 1;

    PreviewRefusedException(HttpStatus status, String why) {
        super(status, ProblemDetail.forStatusAndDetail(status, why), null);
    }

    static PreviewRefusedException isGone() {
        return new PreviewRefusedException(HttpStatus.NOT_FOUND, "This preview is no longer open.");
    }
}
