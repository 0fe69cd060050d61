package dev.darkroom.emulator.fault;

import static dev.darkroom.emulator.fault.FaultParameter.AFTER;
import static dev.darkroom.emulator.fault.FaultParameter.BYTES;
import static dev.darkroom.emulator.fault.FaultParameter.CODE;
import static dev.darkroom.emulator.fault.FaultParameter.COUNT;
import static dev.darkroom.emulator.fault.FaultParameter.DELAY;
import static dev.darkroom.emulator.fault.FaultParameter.LASTING;
import static dev.darkroom.emulator.fault.FaultParameter.LOCATION;
import static dev.darkroom.emulator.fault.FaultParameter.RATE;
import static dev.darkroom.emulator.fault.FaultParameter.SIZE;
import static dev.darkroom.emulator.fault.FaultParameter.STATUS;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
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
public enum Fault implements Orderable<Fault.Plan> {
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
    /** 200 with a web page instead of an answer: a portal that wants somebody to sign in. */
    HTML_OK(Kind.REFUSAL),
    /** 503 in the one sentence of a proxy whose connection to the API was reset: what stands behind it may have begun. */
    PROXY_UNAVAILABLE(Kind.REFUSAL),
    /** 200 {@code application/json} whose body is an error object. */
    ERROR_IN_OK(Kind.REFUSAL),

    /** An {@code error} event instead of the event number <em>after</em> (0 unless said), then {@code [DONE]}. */
    ERROR_EVENT(Kind.PAYLOAD, AFTER),
    /** Like {@link #ERROR_EVENT}, with the code {@code rate_limit_exceeded}. */
    RATE_LIMIT_EVENT(Kind.PAYLOAD, AFTER),
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
    IMAGE_FAILED(Kind.PAYLOAD, AFTER),
    /** Like {@link #IMAGE_FAILED}, with an error of the server which also ends the making of all later images. */
    IMAGES_STOPPED(Kind.PAYLOAD, AFTER),
    /** Responses: the answer says of itself that it is incomplete; the picture number <em>after</em> (0 unless said) is not in it. */
    INCOMPLETE(Kind.PAYLOAD, AFTER),
    /** An event of a type nobody knows comes before every other. */
    UNKNOWN_EVENT(Kind.PAYLOAD),
    /** Fields nobody knows in every event, or in the buffered reply and each of its images. */
    UNKNOWN_FIELDS(Kind.PAYLOAD),
    /** One more partial after the last completed event; one more image where the gateway has no partials. */
    LATE_PARTIAL(Kind.PAYLOAD),
    /** The event number <em>after</em> (0 unless said), or the buffered reply, is cut JSON in intact framing. */
    MALFORMED_JSON(Kind.PAYLOAD, AFTER),
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
    /** A redirect (302 unless <em>status</em> says otherwise) to <em>location</em>, or to the same address; nothing is made. */
    REDIRECT(Kind.PAYLOAD, STATUS, LOCATION),
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
    TWO_MINUTE_WALL(Kind.PAYLOAD, LASTING),
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
    /** Like {@link #GZIP}, with deflate. */
    DEFLATE(Kind.FRAMING),
    /** Like {@link #GZIP}, but the compressed body ends in the middle of the event number <em>after</em> (1 unless said), in intact framing. */
    GZIP_CUT(Kind.FRAMING, AFTER),
    /** {@code Content-Encoding: br} on bytes which nobody can decode. */
    UNKNOWN_ENCODING(Kind.FRAMING),
    /** {@code Content-Length} (or <em>bytes</em>) is more than what comes; then FIN. */
    LENGTH_TOO_LONG(Kind.FRAMING, BYTES),
    /** {@code Content-Length} (or <em>bytes</em>) is less than what comes. */
    LENGTH_TOO_SHORT(Kind.FRAMING, BYTES),
    /** Two headers {@code Content-Length} which differ. */
    TWO_LENGTHS(Kind.FRAMING),
    /** {@code Content-Length} and chunks at once. */
    LENGTH_AND_CHUNKS(Kind.FRAMING),
    /** {@code Content-Length: twelve}. */
    INVALID_LENGTH(Kind.FRAMING),
    /** The chunk of the event number <em>after</em> (0 unless said), or of the document, says that it is <em>size</em> (100) bytes longer. */
    CHUNK_TOO_LONG(Kind.FRAMING, AFTER, SIZE),
    /** Like {@link #CHUNK_TOO_LONG}, but shorter than it is. */
    CHUNK_TOO_SHORT(Kind.FRAMING, AFTER, SIZE),
    /** The size of the chunk of the event number <em>after</em> (0 unless said) is no number. */
    INVALID_CHUNK(Kind.FRAMING, AFTER),
    /** Like {@link #INVALID_CHUNK}, but it is a number larger than any memory. */
    HUGE_CHUNK(Kind.FRAMING, AFTER),
    /** All of the answer but its last, empty chunk; then FIN. */
    NO_LAST_CHUNK(Kind.FRAMING),
    /** A head whose lines never end: 64 MiB of them (or <em>bytes</em>), then FIN. */
    ENDLESS_HEAD(Kind.FRAMING, BYTES),
    /** Half of a head, then silence as long as <em>lasting</em> says, else for good. */
    HALF_HEAD(Kind.FRAMING, LASTING),
    /** 1xx heads before the answer: 100, 102 and 103 by turns, 3 unless <em>count</em> says otherwise. */
    INFORMATIONAL(Kind.FRAMING, COUNT),
    /** The whole answer twice, though asked for once: the second is nobody's. FIN comes later by <em>lasting</em> (1 s unless said). */
    STRAY_ANSWER(Kind.FRAMING, LASTING),

    /** Every byte in a chunk and a write of its own. Streams and documents. */
    DRIP(Kind.TRANSPORT),
    /** FIN in the middle of the event number <em>after</em> (1 unless said), or of the document. */
    CUT(Kind.TRANSPORT, AFTER, BYTES),
    /** RST in the middle of the event number <em>after</em> (1 unless said), or of the document. */
    RESET(Kind.TRANSPORT, AFTER, BYTES),
    /** Like {@link #CUT}, on a body delimited by nothing but the end of the connection: looks like a clean end. */
    TRUNCATED(Kind.TRANSPORT, AFTER, BYTES),
    /** Silence from the middle of the event number <em>after</em> (1 unless said) on, or of the document. */
    STALL(Kind.TRANSPORT, AFTER, BYTES, LASTING),
    /** Silence instead of a response head. */
    STALLED_HEADERS(Kind.TRANSPORT, LASTING),
    /** The response head comes late, by the plan's <em>lasting</em> (1 s unless said); all is well then. */
    LATE_HEADERS(Kind.TRANSPORT, LASTING),
    /** The connection closes instead of a response head. */
    EMPTY_REPLY(Kind.TRANSPORT),
    /** FIN of the server's half in the middle of the event number <em>after</em> (1 unless said), or at a byte; it goes on listening. */
    HALF_CLOSE(Kind.TRANSPORT, AFTER, BYTES, LASTING),
    /** <em>size</em> (16) bytes which are in no alphabet, in place of those in the middle of an event, or at a byte; the rest is well. */
    GARBAGE(Kind.TRANSPORT, AFTER, BYTES, SIZE),
    /** The answer in writes of <em>size</em> (64) bytes, its head too, with a pause (<em>delay</em>, none unless said) between them. */
    SLICER(Kind.TRANSPORT, SIZE, DELAY),
    /** The answer at <em>rate</em> (100) kilobytes a second. */
    BANDWIDTH(Kind.TRANSPORT, RATE),
    /** The whole answer; FIN comes later by <em>lasting</em> (1 s unless said). */
    SLOW_CLOSE(Kind.TRANSPORT, LASTING),

    /** A certificate for another host. */
    WRONG_HOST(Kind.HANDSHAKE),
    /** A certificate which expired yesterday. */
    EXPIRED_CERTIFICATE(Kind.HANDSHAKE),
    /** A certificate nobody vouches for. */
    UNTRUSTED_CERTIFICATE(Kind.HANDSHAKE),
    /** The connection closes instead of a handshake. */
    HANDSHAKE_CUT(Kind.HANDSHAKE),
    /** Silence instead of a handshake. */
    HANDSHAKE_STALL(Kind.HANDSHAKE),

    /** Half of a TLS record in the middle of the event number <em>after</em> (1 unless said), or of the document; then FIN. */
    TRUNCATED_RECORD(Kind.TLS, AFTER),
    /** Like {@link #TRUNCATED}, without the alert by which TLS tells an end from a cut. */
    NO_CLOSE_NOTIFY(Kind.TLS, AFTER),

    /** RST_STREAM with REFUSED_STREAM: nothing was accepted. */
    REFUSED_STREAM(Kind.HTTP2),
    /** RST_STREAM with <em>code</em> (2, INTERNAL_ERROR) in the middle of the event number <em>after</em> (1 unless said). */
    STREAM_RESET(Kind.HTTP2, AFTER, CODE),
    /** GOAWAY which counts this stream as accepted; its answer comes whole, then the connection closes. */
    GOAWAY(Kind.HTTP2, CODE),
    /** GOAWAY whose last stream is the one before this: nothing was accepted; the connection closes. */
    GOAWAY_REFUSED(Kind.HTTP2, CODE),
    /** Like {@link #GOAWAY}, but the connection closes in the middle of the event number <em>after</em> (1 unless said). */
    GOAWAY_CUT(Kind.HTTP2, AFTER, CODE);

    private final Kind kind;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
    private final Set<FaultParameter> parameters;

    Fault(Kind kind, FaultParameter... parameters) {
        this.kind = kind;
        var taken = EnumSet.of(FaultParameter.TIMES, parameters);
        if (kind == Kind.REFUSAL) {
            taken.add(FaultParameter.RETRY_AFTER);
        }
        this.parameters = Collections.unmodifiableSet(taken);
    }

    /** {@return who brings the fault about} */
    public Kind kind() {
        return kind;
    }

    /** {@return what can be said about it; anything else has no meaning} */
    public Set<FaultParameter> parameters() {
        return parameters;
    }

    /** {@return the word for this fault where it is ordered by text: its name in lower case, with dashes} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return this fault, once, with its default options} */
    public Plan once() {
        return with(FaultOptions.NONE);
    }

    @Override
    public FaultOptions options() {
        return FaultOptions.NONE;
    }

    @Override
    public Plan with(FaultOptions options) {
        return new Plan(this, options);
    }

    /**
     * A fault with its options.
     *
     * @param fault what goes wrong
     * @param options what was said about it
     */
    public record Plan(Fault fault, FaultOptions options) implements Orderable<Plan> {

        /**
         * A fault, once, with its default options.
         *
         * @param fault what goes wrong
         * @return a plan
         */
        public static Plan of(Fault fault) {
            return fault.once();
        }

        @Override
        public Plan with(FaultOptions other) {
            return new Plan(fault, other);
        }

        /** {@return for how many requests in a row, 1 or more} */
        public int times() {
            return (int) options.number(FaultParameter.TIMES, 1);
        }

        /** {@return the retry hint; null means as the fault usually does (1 s, or none for a 503)} */
        public @Nullable Duration retryAfter() {
            return options.duration(FaultParameter.RETRY_AFTER);
        }

        /** {@return how long a silence lasts; null means as the fault usually does} */
        public @Nullable Duration lasting() {
            return options.duration(FaultParameter.LASTING);
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
            return (int) options.number(AFTER, usual);
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
        TRANSPORT,
        /** The handshake of TLS is at fault: no request is read, so no header of one can ask for it. */
        HANDSHAKE,
        /** What only TLS can do wrong, once a request was read. */
        TLS,
        /** What only HTTP/2 can do wrong. */
        HTTP2
    }
}
