package dev.darkroom.spring.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/** What WebFlux and MVC say alike of a response with events. */
final class EventResponses {

    private EventResponses() {}

    /**
     * Whether nothing should be generated for a request: a browser whose {@code EventSource} asks again by itself after its stream has ended,
     * which would be paid for a second time, and a question for the head alone. It is answered with 204, and an
     * {@code EventSource} then stops.
     */
    static boolean wantsNothing(HttpMethod method, HttpHeaders request, EventForm form) {
        return method.equals(HttpMethod.HEAD) || (form == EventForm.SSE && request.getFirst("Last-Event-ID") != null);
    }

    /** What the application has not set itself: what lies between must neither keep events nor collect them. */
    static void complete(HttpHeaders response, EventForm form) {
        response.setContentType(form.mediaType());
        addIfAbsent(response, HttpHeaders.CACHE_CONTROL, "no-store");
        addIfAbsent(response, "X-Accel-Buffering", "no");
    }

    private static void addIfAbsent(HttpHeaders headers, String name, String value) {
        if (!headers.containsHeader(name)) {
            headers.set(name, value);
        }
    }
}
