package dev.darkroom.internal.gateway.responses;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.Responses;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.ResponseState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A response that is made in the background, whoever listens: it is read on behind an event, asked for as a whole, or called off.
 *
 * @param reader reads on where something was read before, from the head of the next answer
 * @param sequence the number of the last event that was read; -1 for none
 * @param streamed whether events were told, so that the images still to come are told, too
 * @param state what was read before; null for nothing
 * @param numbers of the images by the ids of their calls
 * @param readsOn whether the rest is asked for, rather than the whole
 */
record BackgroundResponse(
        Endpoint endpoint,
        BiFunction<BackgroundResponse, Reply, Reading> reader,
        String id,
        long sequence,
        boolean streamed,
        @Nullable ResponseState state,
        Map<String, Integer> numbers,
        boolean readsOn)
        implements Reading.Handle {

    /** Nothing that means something in a path or a query. */
    private static final Pattern ID = Pattern.compile("(?!\\.+$)[A-Za-z0-9._~:-]{1,512}");

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Map<String, String> STREAM = Map.of("Accept", "text/event-stream, application/json");
    private static final Map<String, String> JSON = Map.of("Accept", "application/json");

    /** One of which nothing was read: from its first event on, or as a whole where it was not begun as a stream. */
    static BackgroundResponse named(
            Endpoint endpoint, BiFunction<BackgroundResponse, Reply, Reading> reader, String id) {
        if (!isId(id)) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent to " + Responses.NAME
                            + ": the id of a response is made of letters, digits and . _ ~ : - alone",
                    FailureDetails.NONE);
        }
        return new BackgroundResponse(endpoint, reader, id, -1, false, null, Map.of(), true);
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    @Override
    public ApiCall ask() {
        var after = sequence < 0 ? "" : "&starting_after=" + sequence;
        return readsOn
                ? new ApiCall("GET", path() + "?stream=true" + after, STREAM, List.of())
                : new ApiCall("GET", path(), JSON, List.of());
    }

    private String path() {
        return endpoint.path() + "/" + id;
    }

    @Override
    public Reading reading(Reply reply) {
        return reader.apply(this, reply);
    }

    @Override
    public Duration pause() {
        return readsOn ? Duration.ZERO : BETWEEN_LOOKS;
    }

    @Override
    public Optional<Reading.Handle> otherwise() {
        return readsOn
                ? Optional.of(new BackgroundResponse(endpoint, reader, id, sequence, streamed, state, numbers, false))
                : Optional.empty();
    }

    @Override
    public Optional<ApiCall> cancel() {
        return Optional.of(new ApiCall("POST", path() + "/cancel", JSON, List.of()));
    }
}
