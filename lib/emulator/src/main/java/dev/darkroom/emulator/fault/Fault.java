package dev.darkroom.emulator.fault;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with one request.
 *
 * <p>Used as it is ({@code emulator.enqueue(Fault.RESET)}), with options
 * ({@code Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(2)).times(3)}), or asked for by the request itself in the
 * header {@code X-Emulator-Fault}, in lower case with dashes: {@code rate-limit; retry-after=2; times=3}.
 *
 * <p>Every gateway has its own error reply for a fault. The statuses and shapes said here are OpenRouter's; those of the others
 * are listed in the emulator's README. A gateway without a reply for a fault answers with a 400 which says so. A fault which
 * speaks of events leaves a buffered reply alone unless its description says otherwise; one which speaks of a field
 * leaves a gateway without that field alone. Where <em>after</em> matters, it counts the whole {@code data:} events sent
 * before the fault, or the images before the one that fails.
 */
public enum Fault {
    /** Nothing goes wrong: a place holder in a queue. */
    NONE(Kind.NONE),

    /** 400 in the router's shape. */
    BAD_REQUEST(Kind.REFUSAL),
    /** 400 in the validator's shape: {@code success} false, {@code ZodError}, no {@code code}. */
    VALIDATION(Kind.REFUSAL),
    /** 401, the key is not known. */
    UNAUTHORIZED(Kind.REFUSAL),
    /** 402, the credits are spent: final. */
    CREDITS(Kind.REFUSAL),
    /** 402, too much in flight: with {@code Retry-After}, worth waiting for. */
    IN_FLIGHT_BUDGET(Kind.REFUSAL),
    /** 403, the key's limit is reached. */
    FORBIDDEN(Kind.REFUSAL),
    /** 403, the prompt was flagged. */
    MODERATION(Kind.REFUSAL),
    /** 404 in the router's shape. */
    NOT_FOUND(Kind.REFUSAL),
    /** 404 in the availability shape: {@code model_not_found}, not retryable, no {@code code}. */
    MODEL_NOT_FOUND(Kind.REFUSAL),
    /** 408. */
    REQUEST_TIMEOUT(Kind.REFUSAL),
    /** 413. */
    TOO_LARGE(Kind.REFUSAL),
    /** 429 of the router itself: {@code Retry-After} in whole seconds and {@code X-RateLimit-*}. */
    RATE_LIMIT(Kind.REFUSAL),
    /** 429 with {@code Retry-After} as an HTTP date. */
    RATE_LIMIT_DATE(Kind.REFUSAL),
    /** 429 with {@code retry-after-ms}, to the millisecond. */
    RATE_LIMIT_MILLIS(Kind.REFUSAL),
    /** 429 passed on from a provider: the hint is in the body's metadata only. */
    RATE_LIMIT_UPSTREAM(Kind.REFUSAL),
    /** 429 in the availability shape: {@code availability.retry_after}, no {@code code}, no header. */
    RATE_LIMIT_AVAILABILITY(Kind.REFUSAL),
    /** 429 without any hint. */
    RATE_LIMIT_SILENT(Kind.REFUSAL),
    /** 429 which is no rate limit: what was paid for, or allowed, is used up. */
    SPENT_QUOTA(Kind.REFUSAL),
    /** 500. */
    SERVER_ERROR(Kind.REFUSAL),
    /** 502, the provider failed. */
    PROVIDER_ERROR(Kind.REFUSAL),
    /** 503, with {@code Retry-After} where a plan names one. */
    UNAVAILABLE(Kind.REFUSAL),
    /** 503 in the availability shape: {@code temporarily_unavailable}, retryable. */
    CAPACITY(Kind.REFUSAL),
    /** 504. */
    GATEWAY_TIMEOUT(Kind.REFUSAL),
    /** 524. */
    EDGE_TIMEOUT(Kind.REFUSAL),
    /** 529. */
    OVERLOADED(Kind.REFUSAL),
    /** 502 with a web page instead of JSON. */
    HTML_BAD_GATEWAY(Kind.REFUSAL),
    /** 403 with a firewall's web page instead of JSON. */
    HTML_FORBIDDEN(Kind.REFUSAL),
    /** 503 in the one sentence of a proxy whose connection to the API was reset: what stands behind it may have begun. */
    PROXY_UNAVAILABLE(Kind.REFUSAL),
    /** 200 {@code application/json} whose body is an error object. */
    ERROR_IN_OK(Kind.REFUSAL),

    /** An {@code error} event instead of the event number <em>after</em> (0 unless said), then {@code [DONE]}. */
    ERROR_EVENT(Kind.PAYLOAD),
    /** Like {@link #ERROR_EVENT}, with the code {@code rate_limit_exceeded}. */
    RATE_LIMIT_EVENT(Kind.PAYLOAD),
    /** The stream ends cleanly where the first completed event should be, without {@code [DONE]}. */
    NO_TERMINAL(Kind.PAYLOAD),
    /** The first completed event is missing, {@code [DONE]} is sent. */
    DONE_ONLY(Kind.PAYLOAD),
    /** Complete, but without {@code [DONE]}. */
    NO_DONE(Kind.PAYLOAD),
    /** {@code [DONE]} at the end, also in a gateway which sends none. */
    WITH_DONE(Kind.PAYLOAD),
    /** No previews, though asked for: the images were finished first. */
    NO_PARTIALS(Kind.PAYLOAD),
    /**
     * The image number <em>after</em> (0 unless said) is not coming, its siblings are: an error in its place where the
     * gateway has one, else an image fewer. Streams and documents.
     */
    IMAGE_FAILED(Kind.PAYLOAD),
    /** Like {@link #IMAGE_FAILED}, with an error of the server which also ends the making of all later images. */
    IMAGES_STOPPED(Kind.PAYLOAD),
    /** Responses: the answer says of itself that it is incomplete; the picture number <em>after</em> (0 unless said) is not in it. */
    INCOMPLETE(Kind.PAYLOAD),
    /** An event of a type nobody knows comes before every other. */
    UNKNOWN_EVENT(Kind.PAYLOAD),
    /** Fields nobody knows in every event, or in the buffered reply and each of its images. */
    UNKNOWN_FIELDS(Kind.PAYLOAD),
    /** One more partial after the last completed event; one more image where the gateway has no partials. */
    LATE_PARTIAL(Kind.PAYLOAD),
    /** The event number <em>after</em> (0 unless said), or the buffered reply, is cut JSON in intact framing. */
    MALFORMED_JSON(Kind.PAYLOAD),
    /** {@code b64_json}, or the field for a URL, holds a {@code data:} URL. */
    DATA_URL(Kind.PAYLOAD),
    /** The field for a URL holds bare base64. */
    BASE64_IN_URL(Kind.PAYLOAD),
    /** The URL of every image has expired before it is sent. */
    EXPIRED_URL(Kind.PAYLOAD),
    /** Images which are plain strings elsewhere come as objects with {@code image_url}. */
    IMAGE_URL_OBJECTS(Kind.PAYLOAD),
    /** Images which are plain strings elsewhere come as objects with {@code url}. */
    URL_OBJECTS(Kind.PAYLOAD),
    /** Downloads: a 302 to the same address. Queued several times, as many hops. */
    REDIRECT(Kind.PAYLOAD),
    /** Downloads: a web page, status 200, instead of the image. */
    NOT_AN_IMAGE(Kind.PAYLOAD),
    /** {@code media_type} is left out. */
    NO_MEDIA_TYPE(Kind.PAYLOAD),
    /** {@code created} is 0. */
    CREATED_ZERO(Kind.PAYLOAD),
    /** {@code usage} is left out. */
    NO_USAGE(Kind.PAYLOAD),
    /** 200 with an empty {@code data} array, buffered even if a stream was asked for. */
    NO_IMAGES(Kind.PAYLOAD),
    /** A comment of 1 MiB before the first event. */
    HUGE_COMMENT(Kind.PAYLOAD),
    /** A buffered reply although a stream was asked for. */
    JSON_FOR_STREAM(Kind.PAYLOAD),
    /** The stream ends right behind the last completed event: no blank line, no {@code [DONE]}. */
    NO_BLANK_LINE(Kind.PAYLOAD),
    /**
     * Azure: a buffered answer does not come within two minutes (the plan's <em>lasting</em>, 122 s unless said), and the front
     * door gives up on it, while the making goes on. Streams pass.
     */
    TWO_MINUTE_WALL(Kind.PAYLOAD),
    /** A stream although none was asked for (and the model can). */
    STREAM_FOR_JSON(Kind.PAYLOAD),

    /** Lines end in CR LF. */
    CRLF(Kind.FRAMING),
    /** Lines end in CR. */
    CR(Kind.FRAMING),
    /** A byte order mark starts the stream. */
    BOM(Kind.FRAMING),
    /** {@code event:} and {@code id:} lines precede each {@code data:} line. */
    EVENT_LINES(Kind.FRAMING),
    /** No {@code event:} lines, in a gateway which sends them. */
    NO_EVENT_LINES(Kind.FRAMING),
    /** A stream says {@code application/json}, a document says {@code text/event-stream}. */
    WRONG_CONTENT_TYPE(Kind.FRAMING),
    /** No {@code Content-Type} at all. */
    NO_CONTENT_TYPE(Kind.FRAMING),
    /** {@code Content-Encoding: gzip} on a body which is not compressed. */
    GZIP_LIE(Kind.FRAMING),
    /** The body is compressed with gzip, and says so, whatever the client accepts. Streams and documents. */
    GZIP(Kind.FRAMING),

    /** Every byte in a chunk and a write of its own. Streams and documents. */
    DRIP(Kind.TRANSPORT),
    /** FIN in the middle of the event number <em>after</em> (1 unless said), or of the document. */
    CUT(Kind.TRANSPORT),
    /** RST in the middle of the event number <em>after</em> (1 unless said), or of the document. */
    RESET(Kind.TRANSPORT),
    /** Like {@link #CUT}, on a body delimited by nothing but the end of the connection: looks like a clean end. */
    TRUNCATED(Kind.TRANSPORT),
    /** Silence from the middle of the event number <em>after</em> (1 unless said) on, or of the document. */
    STALL(Kind.TRANSPORT),
    /** Silence instead of a response head. */
    STALLED_HEADERS(Kind.TRANSPORT),
    /** The response head comes late, by the plan's <em>lasting</em> (1 s unless said); all is well then. */
    LATE_HEADERS(Kind.TRANSPORT),
    /** The connection closes instead of a response head. */
    EMPTY_REPLY(Kind.TRANSPORT);

    private final Kind kind;

    Fault(Kind kind) {
        this.kind = kind;
    }

    /**
     * Who brings the fault about.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The word for this fault in the header {@code X-Emulator-Fault}.
     *
     * @return the name in lower case, with dashes
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * This fault, once, with its default options.
     *
     * @return a plan
     */
    public Plan once() {
        return Plan.of(this);
    }

    /**
     * This fault for several requests in a row.
     *
     * @param times how many requests, 1 or more
     * @return a plan
     */
    public Plan times(int times) {
        return once().times(times);
    }

    /**
     * This fault after some events.
     *
     * @param events whole events sent before the fault, 0 or more
     * @return a plan
     */
    public Plan after(int events) {
        return once().after(events);
    }

    /**
     * This fault with a retry hint, where its shape has one.
     *
     * @param delay the wait asked for; whole seconds on the wire, rounded up, unless the shape knows better
     * @return a plan
     */
    public Plan retryAfter(Duration delay) {
        return once().retryAfter(delay);
    }

    /**
     * This fault for some time, where it is a silence.
     *
     * @param duration how long the silence lasts; the connection is cut after a stall, the answer comes after late headers
     * @return a plan
     */
    public Plan lasting(Duration duration) {
        return once().lasting(duration);
    }

    /**
     * A fault with its options.
     *
     * @param fault what goes wrong
     * @param times for how many requests in a row, 1 or more
     * @param after whole events before the fault, 0 or more; null means as the fault usually does
     * @param retryAfter the retry hint; null means as the fault usually does (1 s, or none for a 503)
     * @param lasting how long a silence lasts; null means as the fault usually does
     */
    public record Plan(
            Fault fault,
            int times,
            @Nullable Integer after,
            @Nullable Duration retryAfter,
            @Nullable Duration lasting) {

        /**
         * Checks the ranges.
         *
         * @param fault what goes wrong
         * @param times for how many requests in a row, 1 or more
         * @param after whole events before the trouble, 0 or more; null means as the fault usually does
         * @param retryAfter the retry hint; null means as the fault usually does (1 s, or none for a 503)
         * @param lasting how long a silence lasts; null means as the fault usually does
         */
        public Plan {
            requireNonNull(fault, "fault");
            require(times >= 1, "times must be 1 or more");
            require(after == null || after >= 0, "after must be 0 or more");
            require(retryAfter == null || !retryAfter.isNegative(), "retryAfter must not be negative");
            require(lasting == null || !lasting.isNegative(), "lasting must not be negative");
        }

        /**
         * A fault, once, with its default options.
         *
         * @param fault what goes wrong
         * @return a plan
         */
        public static Plan of(Fault fault) {
            return new Plan(fault, 1, null, null, null);
        }

        /**
         * The same for another number of requests.
         *
         * @param requests how many requests in a row, 1 or more
         * @return a copy
         */
        public Plan times(int requests) {
            return new Plan(fault, requests, after, retryAfter, lasting);
        }

        /**
         * The same after another number of events.
         *
         * @param events whole events sent before the fault, 0 or more
         * @return a copy
         */
        public Plan after(int events) {
            return new Plan(fault, times, events, retryAfter, lasting);
        }

        /**
         * The same with another retry hint.
         *
         * @param delay the wait asked for, not negative
         * @return a copy
         */
        public Plan retryAfter(Duration delay) {
            return new Plan(fault, times, after, delay, lasting);
        }

        /**
         * The same with another length of silence.
         *
         * @param duration how long, not negative
         * @return a copy
         */
        public Plan lasting(Duration duration) {
            return new Plan(fault, times, after, retryAfter, duration);
        }

        /**
         * Whether this plan brings about a fault of that name.
         *
         * @param other the fault
         * @return true if it is this one
         */
        public boolean is(Fault other) {
            return fault == other;
        }

        /**
         * The number of whole events before the fault.
         *
         * @param usual the number if this plan names none
         * @return 0 or more
         */
        public int eventsBefore(int usual) {
            return after == null ? usual : after;
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw new IllegalArgumentException(message);
            }
        }
    }

    /** Who brings a fault about. */
    public enum Kind {
        /** Nobody. */
        NONE,
        /** The gateway answers with an error; nothing is made. */
        REFUSAL,
        /** The gateway's JSON or the order of its events is at fault. */
        PAYLOAD,
        /** The framing or the headers are at fault. */
        FRAMING,
        /** The connection is at fault. */
        TRANSPORT
    }
}
