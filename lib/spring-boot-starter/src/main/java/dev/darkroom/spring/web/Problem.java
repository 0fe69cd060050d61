package dev.darkroom.spring.web;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.Outcome;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RejectedException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import reactor.core.Exceptions;
import tools.jackson.databind.json.JsonMapper;

/**
 * A failure as a status and a problem (RFC 9457), where nothing was sent yet. It says whose fault it is, what became of the request and when
 * to ask again, in sentences of ours: never what a gateway said, nor a message, which may name hosts of ours.
 *
 * <p>A key that is wrong, or may not do this, is the server's: a 401 would make a browser ask its user for a password.
 *
 * @param status of the response
 * @param kind what became of the request; the members are called as in the last event of a stream that failed
 * @param reason which one of its kind it is; null where there is one
 * @param detail a sentence for people
 * @param mayHaveBeenMade false where surely nothing was made
 * @param retryable whether the same request may be sent again and not be paid twice
 * @param retryAt the earliest instant to ask again; null if nobody said
 */
record Problem(
        HttpStatus status,
        String kind,
        @Nullable String reason,
        String detail,
        boolean mayHaveBeenMade,
        boolean retryable,
        @Nullable Instant retryAt) {

    static final MediaType MEDIA_TYPE = MediaType.APPLICATION_PROBLEM_JSON;

    private static final JsonMapper MAPPER = new JsonMapper();

    /** The problem of a failure of ours, which a future may have wrapped; null of any other. */
    static @Nullable Problem of(Throwable failure) {
        var cause = unwrapped(failure);
        if (cause instanceof ImageException image) {
            return of(image);
        }
        return cause instanceof DownloadFailedException download ? of(download) : null;
    }

    /** Only futures and Reactor wrap without a word of their own: what an application has put around it is for the application. */
    static Throwable unwrapped(Throwable failure) {
        var cause = Exceptions.unwrap(failure);
        var inside = cause.getCause();
        return inside != null && (cause instanceof CompletionException || cause instanceof ExecutionException)
                ? inside
                : cause;
    }

    private static Problem of(ImageException failure) {
        var said = sayingOf(failure);
        var reason = failure.reason();
        return new Problem(
                said.status(),
                failure.outcome().word(),
                reason == null ? null : word(reason),
                said.detail(),
                failure.outcome() == Outcome.GENERATION_FAILED || failure.outcome() == Outcome.OUTCOME_UNKNOWN,
                failure.outcome().isRetryable(),
                failure.retryAt());
    }

    private static Problem of(DownloadFailedException failure) {
        var late = failure.reason() == DownloadFailedException.Reason.TIMED_OUT;
        return new Problem(
                late ? HttpStatus.GATEWAY_TIMEOUT : HttpStatus.BAD_GATEWAY,
                "download_failed",
                word(failure.reason()),
                "The picture was made, but could not be fetched.",
                true,
                false,
                failure.retryAt());
    }

    private record Saying(HttpStatus status, String detail) {}

    private static Saying sayingOf(ImageException failure) {
        return switch (failure.outcome()) {
            case RATE_LIMITED ->
                new Saying(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "Too many pictures are being asked for; nothing was made, ask again later.");
            case UNAVAILABLE ->
                new Saying(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The image service cannot be reached, or takes no requests; nothing was made, ask again later.");
            case REJECTED -> rejected(failure);
            case GENERATION_FAILED ->
                new Saying(HttpStatus.BAD_GATEWAY, "The image service tried to make the picture, and failed.");
            case OUTCOME_UNKNOWN ->
                failure.reason() == OutcomeUnknownException.Reason.TIMED_OUT
                        ? new Saying(
                                HttpStatus.GATEWAY_TIMEOUT,
                                "The image service did not answer in time; the picture may have been made.")
                        : new Saying(
                                HttpStatus.BAD_GATEWAY,
                                "The answer of the image service was lost; the picture may have been made.");
        };
    }

    private static Saying rejected(ImageException failure) {
        if (!(failure.reason() instanceof RejectedException.Reason reason)) {
            return new Saying(HttpStatus.BAD_REQUEST, "The request was refused.");
        }
        return switch (reason) {
            case REQUEST ->
                isOurs(failure)
                        ? new Saying(
                                HttpStatus.INTERNAL_SERVER_ERROR,
                                "The server could not send the request for a picture; nothing was made.")
                        : new Saying(HttpStatus.BAD_REQUEST, "The image service does not take this request as it is.");
            case MODERATION ->
                new Saying(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "The prompt, or a picture that came with it, was found offensive; nothing was made.");
            case NOT_FOUND -> new Saying(HttpStatus.BAD_REQUEST, "There is no such model, or none that may be used.");
            case TOO_LARGE -> new Saying(HttpStatus.CONTENT_TOO_LARGE, "The request has too many bytes.");
            case CREDITS ->
                new Saying(HttpStatus.PAYMENT_REQUIRED, "The server's credit with the image service is used up.");
            case CREDENTIALS, FORBIDDEN ->
                new Saying(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "The server may not use the image service as it is configured.");
        };
    }

    /** Code of the application's that threw, a key supplier or a listener: nothing was sent. */
    private static boolean isOurs(ImageException failure) {
        return failure.status() == null && failure.getCause() != null;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** {@code Retry-After} in whole seconds, never earlier than the instant; and what keeps a problem out of caches. */
    void addHeaders(HttpHeaders headers, Instant now) {
        headers.setContentType(MEDIA_TYPE);
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        if (retryAt != null) {
            var left = Duration.between(now, retryAt).toMillis();
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, (left + 999) / 1000)));
        }
    }

    byte[] toJson() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:darkroom:problem:" + (reason == null ? kind : reason));
        members.put("title", status.getReasonPhrase());
        members.put("status", status.value());
        members.put("detail", detail);
        members.put("kind", kind);
        if (reason != null) {
            members.put("reason", reason);
        }
        members.put("mayHaveBeenMade", mayHaveBeenMade);
        members.put("retryable", retryable);
        if (retryAt != null) {
            members.put("retryAt", retryAt.toString());
        }
        return MAPPER.writeValueAsBytes(members);
    }
}
