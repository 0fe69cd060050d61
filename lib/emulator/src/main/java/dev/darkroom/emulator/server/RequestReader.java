package dev.darkroom.emulator.server;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultHeader;
import dev.darkroom.emulator.journal.Background;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.emulator.journal.ImageCounter;
import dev.darkroom.emulator.journal.ImageCounts;
import dev.darkroom.emulator.journal.Journal;
import dev.darkroom.emulator.journal.Outcome;
import dev.darkroom.emulator.journal.RouteKind;
import dev.darkroom.emulator.server.RequestBody.TooLarge;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
 * Reads a request whole: body, fault, journal entry. What cannot be read is answered with the gateway's error.
 *
 * @param maxBody the largest request body, in bytes
 * @param faults the faults to come
 * @param journal where requests are written down
 * @param time the clock
 * @param workers where bodies are parsed: it takes a while for an image of 50 MB
 */
record RequestReader(long maxBody, FaultQueues faults, Journal journal, Scheduler time, Scheduler workers) {

    /** Where a key may be, in the order in which they count. */
    private static final List<String> KEYS = List.of("authorization", "api-key", "x-goog-api-key");

    Mono<Exchange> read(Gateway gateway, HttpServerRequest request, HttpServerResponse response) {
        var fatalErrors = new FatalErrorGuard();
        return fatalErrors
                .guard(RequestBody.read(request, maxBody)
                        .publishOn(fatalErrors.watch(workers))
                        .map(body -> exchange(gateway, request, response, body, fatalErrors)))
                .onErrorResume(
                        IllegalStateException.class,
                        e -> rejected(gateway, request, response, 500, "Internal Server Error"))
                .onErrorResume(TooLarge.class, e -> rejected(gateway, request, response, 413, message(e)))
                .onErrorResume(
                        TimeoutException.class,
                        e -> rejected(gateway, request, response, 408, "The request's body did not arrive in time"))
                .onErrorResume(
                        IllegalArgumentException.class, e -> rejected(gateway, request, response, 400, message(e)));
    }

    private Exchange exchange(
            Gateway gateway,
            HttpServerRequest request,
            HttpServerResponse response,
            byte[] body,
            FatalErrorGuard fatalErrors) {
        var route = request.fullPath().substring(gateway.prefix().length());
        var method = request.method().name();
        var headers = headers(request);
        var kind = gateway.routeKind(method, route);
        var plan = FaultFit.checked(plan(kind, headers, body), ClientSocket.of(request));
        var json = JsonBody.parse(body);
        var parts = MultipartBody.parse(headers.getOrDefault("content-type", ""), body);
        var imageCounter = new ImageCounter(gateway.billingRule());
        var kept = json == null ? parts.isEmpty() ? null : MultipartBody.summary(parts) : JsonBody.shortened(json);
        var entry = entry(request, headers, kept, body.length, plan.fault(), kind);
        var query = QueryParameters.parse(request.uri());
        var call = new Call(
                request.scheme(),
                method,
                route,
                query,
                headers,
                json,
                parts,
                body.length,
                plan,
                imageCounter,
                fatalErrors);
        return new Exchange(gateway, call, response, journal, entry, time);
    }

    private Mono<Exchange> rejected(
            Gateway gateway, HttpServerRequest request, HttpServerResponse response, int status, String message) {
        var headers = headers(request);
        var imageCounter = new ImageCounter(gateway.billingRule());
        var entry = entry(request, headers, null, 0, Fault.NONE, RouteKind.OTHER);
        var method = request.method().name();
        var call = new Call(
                request.scheme(),
                method,
                "",
                Map.of(),
                headers,
                null,
                List.of(),
                0,
                Fault.NONE.once(),
                imageCounter,
                new FatalErrorGuard());
        var rejecting = new RejectingGateway(gateway, status, message);
        return Mono.just(new Exchange(rejecting, call, response, journal, entry, time));
    }

    private Fault.Plan plan(RouteKind routeKind, Map<String, String> headers, byte[] body) {
        @Nullable String header = headers.get(FaultHeader.NAME.toLowerCase(Locale.ROOT));
        if (header != null) {
            return faults.generations().requested(header, Digest.of(body));
        }
        return switch (routeKind) {
            case OTHER -> Fault.NONE.once();
            case GENERATION -> faults.generations().next();
            case DOWNLOAD -> faults.downloads().next();
            case LOOKUP, CANCELLATION -> faults.followUps().next();
        };
    }

    private Entry entry(
            HttpServerRequest request,
            Map<String, String> headers,
            @Nullable JsonNode body,
            long size,
            Fault fault,
            RouteKind kind) {
        return new Entry(
                0,
                Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)),
                request.method().name(),
                request.fullPath(),
                QueryParameters.redacted(request.uri()),
                redacted(headers),
                Digest.ofKey(KEYS.stream()
                        .map(headers::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseGet(() -> QueryParameters.key(request.uri()))),
                body,
                size,
                fault,
                new Outcome.Pending(),
                ImageCounts.NONE,
                kind,
                Background.NONE);
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
        KEYS.forEach(key -> copy.computeIfPresent(key, (name, value) -> "REDACTED"));
        copy.computeIfPresent("cookie", (name, value) -> "REDACTED");
        return copy;
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? "Bad request" : e.getMessage();
    }
}
