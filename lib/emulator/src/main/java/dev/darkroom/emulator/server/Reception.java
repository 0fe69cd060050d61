package dev.darkroom.emulator.server;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultHeader;
import dev.darkroom.emulator.fault.FaultPlan;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.emulator.journal.Images;
import dev.darkroom.emulator.journal.Journal;
import dev.darkroom.emulator.journal.Outcome;
import dev.darkroom.emulator.journal.Tally;
import dev.darkroom.emulator.server.RequestBody.TooLarge;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;

/**
 * Receives a request whole: body, fault, journal entry. What cannot be received is answered by the dialect's refusal.
 *
 * @param maxBody the largest request body, in bytes
 * @param scripts the faults to come
 * @param journal where requests are written down
 * @param time the clock
 * @param workers where bodies are parsed: it takes a while for an image of 50 MB
 */
record Reception(long maxBody, Scripts scripts, Journal journal, Scheduler time, Scheduler workers) {

    Mono<Exchange> receive(Dialect dialect, HttpServerRequest request, HttpServerResponse response) {
        var lifeline = new Lifeline();
        return lifeline.guard(RequestBody.read(request, maxBody)
                        .publishOn(lifeline.over(workers))
                        .map(body -> exchange(dialect, request, response, body, lifeline)))
                .onErrorResume(
                        IllegalStateException.class,
                        e -> refused(dialect, request, response, 500, "Internal Server Error"))
                .onErrorResume(TooLarge.class, e -> refused(dialect, request, response, 413, message(e)))
                .onErrorResume(
                        TimeoutException.class,
                        e -> refused(dialect, request, response, 408, "The request's body did not arrive in time"))
                .onErrorResume(
                        IllegalArgumentException.class, e -> refused(dialect, request, response, 400, message(e)));
    }

    private Exchange exchange(
            Dialect dialect, HttpServerRequest request, HttpServerResponse response, byte[] body, Lifeline lifeline) {
        var route = request.fullPath().substring(dialect.prefix().length());
        var method = request.method().name();
        var headers = headers(request);
        var plan = plan(dialect.script(method, route), headers, body);
        var json = JsonBody.parse(body);
        var parts = MultipartBody.parse(headers.getOrDefault("content-type", ""), body);
        var tally = new Tally(dialect.charge());
        var kept = json == null ? parts.isEmpty() ? null : MultipartBody.summary(parts) : JsonBody.shortened(json);
        long entry = open(request, headers, kept, body.length, plan.fault(), tally);
        var query = Query.parse(request.uri());
        var call = new Call(method, route, query, headers, json, parts, body.length, plan, tally, lifeline);
        return new Exchange(dialect, call, response, journal, entry, time);
    }

    private Mono<Exchange> refused(
            Dialect dialect, HttpServerRequest request, HttpServerResponse response, int status, String message) {
        var headers = headers(request);
        var tally = new Tally(dialect.charge());
        long entry = open(request, headers, null, 0, Fault.NONE, tally);
        var method = request.method().name();
        var call =
                new Call(method, "", Map.of(), headers, null, List.of(), 0, Fault.NONE.once(), tally, new Lifeline());
        var refusing = new Refusing(dialect, status, message);
        return Mono.just(new Exchange(refusing, call, response, journal, entry, time));
    }

    private FaultPlan plan(Dialect.Script script, Map<String, String> headers, byte[] body) {
        @Nullable String named = headers.get(FaultHeader.NAME.toLowerCase(Locale.ROOT));
        if (named != null) {
            return scripts.generations().named(named, Digest.of(body));
        }
        return switch (script) {
            case NONE -> Fault.NONE.once();
            case GENERATIONS -> scripts.generations().next();
            case DOWNLOADS -> scripts.downloads().next();
        };
    }

    private long open(
            HttpServerRequest request,
            Map<String, String> headers,
            @Nullable JsonNode body,
            long size,
            Fault fault,
            Tally tally) {
        var query = request.uri().indexOf('?');
        var entry = new Entry(
                0,
                Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)),
                request.method().name(),
                request.fullPath(),
                query < 0 ? "" : request.uri().substring(query + 1),
                redacted(headers),
                Digest.ofKey(headers.get("authorization")),
                body,
                size,
                fault,
                new Outcome.Pending(),
                Images.NONE);
        return journal.open(entry, tally);
    }

    private static Map<String, String> headers(HttpServerRequest request) {
        var headers = new TreeMap<String, String>();
        request.requestHeaders()
                .forEach(header -> headers.merge(
                        header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (a, b) -> a + ", " + b));
        return headers;
    }

    private static Map<String, String> redacted(Map<String, String> headers) {
        var copy = new TreeMap<>(headers);
        copy.computeIfPresent("authorization", (name, value) -> "REDACTED");
        copy.computeIfPresent("cookie", (name, value) -> "REDACTED");
        return copy;
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? "Bad request" : e.getMessage();
    }
}
