package dev.darkroom.internal.call;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.OutcomeUnknownException.Reason;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.internal.http.BodyDecoder;
import dev.darkroom.internal.http.HttpFailure;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says in the words of {@link ImageException} what became of a call: of the connection, of the bytes of its answer, or of the
 * dialect that read them. Nothing else does, so that what was paid for is decided in one place. Of what users' code does before
 * anything is sent, {@link UserCode} says it. Thread-safe.
 */
final class FailureTranslator {

    private static final String OPEN = "left the outcome open: ";
    private static final String UNREADABLE = "sent an answer that cannot be read: ";
    private static final String DIALECT = "its dialect";

    private final Dialect dialect;
    private final String name;

    FailureTranslator(Dialect dialect) {
        this.dialect = dialect;
        this.name = dialect.name();
    }

    /** What messages call the gateway. */
    String gateway() {
        return name;
    }

    /** What an answer without success means; its dialect, which may be anybody's, is asked. */
    ImageException refused(Reply reply, byte[] body) {
        ImageException failure;
        try {
            failure = dialect.failure(reply, body);
        } catch (Throwable e) { // it was sent, and nobody can say what the answer means
            return senseless(reply, UserCode.threw(DIALECT, e), e);
        }
        return failure != null ? failure : senseless(reply, DIALECT + " makes nothing of it", null);
    }

    private ImageException senseless(Reply reply, String what, @Nullable Throwable cause) {
        return unknown(
                Reason.UNDECODABLE,
                "answered " + reply.status() + ", and " + what,
                head(reply),
                PartialResult.NOTHING,
                cause);
    }

    /** With what its dialect would advise; one that throws advises nothing. */
    OutcomeUnknownException advised(ImageRequest request, OutcomeUnknownException failure) {
        Optional<String> advice;
        try {
            advice = Objects.requireNonNull(dialect.advice(request, failure));
        } catch (Throwable e) { // it is the failure before it that has to be told
            return failure;
        }
        return advice.map(sentence -> new OutcomeUnknownException(
                        failure.reason(),
                        failure.getMessage() + "; " + sentence,
                        failure.details(),
                        failure.partialResult(),
                        failure.getCause()))
                .orElse(failure);
    }

    /**
     * What ended a call that may have been sent.
     *
     * @param head what its answer had said of itself; nothing if there was none
     * @param arrived what there is of a result, asked if that matters
     */
    Throwable of(Throwable failure, FailureDetails head, Supplier<PartialResult> arrived) {
        if (failure instanceof HttpFailure broken) {
            return of(broken, head, arrived);
        }
        return failure instanceof BodyDecoder.Failure unread ? of(unread, head) : failure;
    }

    private ImageException of(HttpFailure failure, FailureDetails head, Supplier<PartialResult> arrived) {
        if (failure.kind() == HttpFailure.Kind.UPLOAD) {
            return new RejectedException(
                    RejectedException.Reason.REQUEST, "not sent whole: " + failure.getMessage(), head);
        }
        if (!failure.isSent()) {
            return unreached(failure);
        }
        var reason = switch (failure.kind()) {
            case COMPRESSION -> Reason.UNDECODABLE;
            case TIMED_OUT -> Reason.TIMED_OUT;
            case HEAD_TOO_LARGE -> Reason.TOO_LARGE;
            default -> Reason.CUT;
        };
        var what = failure.kind() == HttpFailure.Kind.COMPRESSION ? UNREADABLE : OPEN;
        return unknown(reason, what + failure.getMessage(), head, arrived.get(), failure);
    }

    /** No byte of the call can have reached the gateway. */
    ImageException unreached(HttpFailure failure) {
        return switch (failure.kind()) {
            case DISPOSED -> notSent(RejectedException.Reason.REQUEST, failure);
            case PROXY_CREDENTIALS -> notSent(RejectedException.Reason.CREDENTIALS, failure);
            case PROXY_REFUSAL -> notSent(RejectedException.Reason.FORBIDDEN, failure);
            default ->
                new UnavailableException(
                        name + " cannot be reached: " + failure.getMessage(), FailureDetails.NONE, null, failure);
        };
    }

    private static RejectedException notSent(RejectedException.Reason reason, HttpFailure failure) {
        return new RejectedException(reason, "not sent: " + failure.getMessage(), FailureDetails.NONE, failure);
    }

    /** What the dialect says, what the bytes are, or a fault, by whom it is. */
    private ImageException of(BodyDecoder.Failure unread, FailureDetails head) {
        var cause = Objects.requireNonNull(unread.getCause());
        if (cause instanceof ImageException told) {
            return told;
        }
        return switch (unread.kind()) {
            case CUT -> unknown(Reason.CUT, OPEN + cause.getMessage(), head, unread.arrived(), cause);
            case TOO_LARGE -> unknown(Reason.TOO_LARGE, UNREADABLE + cause.getMessage(), head, unread.arrived(), cause);
            case UNREADABLE ->
                unknown(Reason.UNDECODABLE, UNREADABLE + cause.getMessage(), head, unread.arrived(), cause);
            case THROWN -> unknown(Reason.UNDECODABLE, thrown(cause), head, unread.arrived(), cause);
        };
    }

    /**
     * What was sent has an id by which it can be asked for, and even the asking failed.
     *
     * @param last over what: an {@link ImageException} of the last ask, a closed client, what a dialect threw
     * @param id of what was begun; null if it cannot be said
     * @param arrived what there is of a result
     */
    OutcomeUnknownException unanswered(Throwable last, @Nullable String id, PartialResult arrived) {
        var told = last instanceof HttpFailure gone ? unreached(gone) : last;
        var failure = told instanceof ImageException known ? known : null;
        var reason = failure == null ? Reason.UNDECODABLE : Reason.CUT;
        return unknown(
                failure instanceof OutcomeUnknownException open ? open.reason() : reason,
                OPEN + "asking for what it had begun failed: "
                        + (failure == null ? UserCode.threw(DIALECT, told) : failure.getMessage())
                        + (id == null || !canBeAskedLater()
                                ? ""
                                : "; ImageClient.begun() asks for it again, by its id"),
                named(failure == null ? FailureDetails.NONE : failure.details(), id),
                arrived,
                told);
    }

    /** There is no time left to ask what became of it. */
    OutcomeUnknownException outOfTime(ImageException last, String limit, @Nullable String id, PartialResult arrived) {
        return unknown(
                Reason.TIMED_OUT,
                "did not finish what it had begun " + limit,
                named(last.details(), id),
                arrived,
                last);
    }

    private boolean canBeAskedLater() {
        try {
            return dialect.begun().isPresent();
        } catch (Throwable e) { // it is the failure before it that has to be told
            return false;
        }
    }

    /** An answer to an ask has a handle of its own, which is of no use to anybody. */
    private static FailureDetails named(FailureDetails details, @Nullable String id) {
        return id == null ? details : details.withGenerationId(id);
    }

    private static String thrown(Throwable cause) {
        if (cause instanceof VirtualMachineError) {
            return "answered, and reading it failed here (" + cause.getClass().getSimpleName() + ")";
        }
        return cause instanceof IllegalArgumentException
                ? "sent an answer that makes no sense: " + cause.getMessage()
                : "answered, and " + UserCode.threw(DIALECT, cause);
    }

    private OutcomeUnknownException unknown(
            Reason reason, String what, FailureDetails head, PartialResult arrived, @Nullable Throwable cause) {
        return new OutcomeUnknownException(reason, name + " " + what, head, arrived, cause);
    }

    private static FailureDetails head(Reply reply) {
        return FailureDetails.NONE.withStatus(reply.status());
    }
}
