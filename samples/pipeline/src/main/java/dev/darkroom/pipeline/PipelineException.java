package dev.darkroom.pipeline;

/** Nothing was sent, because of something that the user can mend: the message says what, and quotes neither prompt nor key. */
public final class PipelineException extends RuntimeException {

    private static final long serialVersionUID = 1;

    PipelineException(String message) {
        super(message);
    }

    PipelineException(String message, Throwable cause) {
        super(message, cause);
    }
}
