package dev.darkroom.langchain4j;

import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;

/**
 * What each failure is called at LangChain4j, whose {@code RetryUtils} call again after every exception but a
 * {@link NonRetriableException}. So whatever is not known to have made nothing is one, a stranger's exception too.
 */
final class Failures {

    private Failures() {}

    static RuntimeException toLangChain4j(RuntimeException failure) {
        var message = failure.getMessage();
        if (failure instanceof RateLimitedException) {
            return new RateLimitException(message, failure);
        }
        if (failure instanceof UnavailableException) {
            return new RetriableException(message, failure);
        }
        if (failure instanceof RejectedException rejected) {
            return switch (rejected.reason()) {
                case CREDENTIALS, FORBIDDEN -> new AuthenticationException(message, failure);
                case MODERATION -> new ContentFilteredException(message, failure);
                case NOT_FOUND -> new ModelNotFoundException(message, failure);
                case REQUEST, TOO_LARGE -> new InvalidRequestException(message, failure);
                case CREDITS -> new NonRetriableException(message, failure);
            };
        }
        return neverAgain(message == null ? failure.toString() : message, failure);
    }

    /** Their mapper goes by the root of all causes: a status there would make it an exception to be tried again. */
    private static NonRetriableException neverAgain(String message, Throwable failure) {
        var root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (root instanceof HttpException) {
            var alone = new NonRetriableException(message);
            alone.addSuppressed(failure);
            return alone;
        }
        return new NonRetriableException(message, failure);
    }
}
