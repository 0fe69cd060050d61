package dev.darkroom.emulator.journal;

import dev.darkroom.emulator.fault.Fault;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One request, and what became of it so far. A value: ask the journal again for a later state.
 *
 * @param number counts from 1, in order of arrival
 * @param at when the request, body included, had arrived
 * @param method the HTTP method
 * @param path the path below the host, without the query
 * @param query the query without its question mark, empty if none
 * @param headers by lower-case name; {@code authorization} is redacted
 * @param key a fingerprint of the API key (first 8 hex digits of its SHA-256), null if none was sent
 * @param body the JSON body; strings above 4,096 characters keep their first 64 and tell their length. A form's fields,
 *     for {@code multipart/form-data}: texts as they are, files as {@code {"filename", "content_type", "bytes"}}, both
 *     in an array where a name repeats. Null if there was no body, or it was neither
 * @param bytes the body's size as it came
 * @param fault the fault the request met, {@link Fault#NONE} if none
 * @param outcome what became of it
 * @param images how many images were accepted, made and billed
 * @param kind what the request was for
 * @param background how far the work is that it began and that goes on without its connection
 */
public record Entry(
        long number,
        Instant at,
        String method,
        String path,
        String query,
        Map<String, String> headers,
        @Nullable String key,
        @Nullable JsonNode body,
        long bytes,
        Fault fault,
        Outcome outcome,
        ImageCounts images,
        RouteKind kind,
        Background background) {

    /**
     * Copies the headers.
     *
     * @param number counts from 1, in order of arrival
     * @param at when the request, body included, had arrived
     * @param method the HTTP method
     * @param path the path below the host, without the query
     * @param query the query without its question mark, empty if none
     * @param headers by lower-case name; {@code authorization} is redacted
     * @param key a fingerprint of the API key (first 8 hex digits of its SHA-256), null if none was sent
     * @param body the JSON body; strings above 4,096 characters keep their first 64 and tell their length. A form's
     *     fields, for {@code multipart/form-data}: texts as they are, files as
     *     {@code {"filename", "content_type", "bytes"}}, both in an array where a name repeats. Null if there was no
     *     body, or it was neither
     * @param bytes the body's size as it came
     * @param fault the fault the request met, {@link Fault#NONE} if none
     * @param outcome what became of it
     * @param images how many images were accepted, made and billed
     * @param kind what the request was for
     * @param background how far the work is that it began and that goes on without its connection
     */
    public Entry {
        headers = Map.copyOf(headers);
    }

    /**
     * A header's value.
     *
     * @param name in lower case
     * @return the value, or empty
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * The HTTP status of the answer.
     *
     * @return the status, or empty if none was completed
     */
    public Optional<Integer> status() {
        if (outcome instanceof Outcome.Accepted accepted) {
            return Optional.of(accepted.status());
        }
        return outcome instanceof Outcome.Refused refused ? Optional.of(refused.status()) : Optional.empty();
    }

    /**
     * Whether the client went away before it had the whole answer.
     *
     * @return true if so
     */
    public boolean isCancelled() {
        return outcome instanceof Outcome.Cancelled;
    }

    Entry with(Outcome next) {
        return new Entry(
                number, at, method, path, query, headers, key, body, bytes, fault, next, images, kind, background);
    }

    Entry with(ImageCounts counts, Background work) {
        return new Entry(
                number, at, method, path, query, headers, key, body, bytes, fault, outcome, counts, kind, work);
    }

    Entry with(long assigned) {
        return new Entry(
                assigned, at, method, path, query, headers, key, body, bytes, fault, outcome, images, kind, background);
    }
}
