package dev.darkroom.emulator.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultParameter;
import dev.darkroom.emulator.server.Reply.Content;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;

/**
 * An answer of HTTP/1.1, byte by byte: for the faults which no HTTP library can be asked for. A document has its length in its head,
 * a stream comes in chunks, unless the fault wants it otherwise.
 *
 * @param plan what is wrong with it
 * @param reply head and kind of the answer
 */
record Http1Answer(Fault.Plan plan, Reply reply) {

    private static final long ENDLESS = 64L << 20;
    private static final int FILLED = 1 << 14;
    private static final List<String> HINTS = List.of(
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 102 Processing\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload; as=style\r\n\r\n");

    /**
     * The answer.
     *
     * @param chunks what the body consists of
     * @param whole whether these are all, so that a body in chunks has its last one
     */
    Flux<byte[]> bytes(Flux<Chunk> chunks, boolean whole) {
        return switch (plan.fault()) {
            case ENDLESS_HEAD -> Flux.concat(text(statusLine()), fillers());
            case HALF_HEAD -> text(head().substring(0, head().length() / 2));
            case INFORMATIONAL -> Flux.concat(hints(), answer(chunks, whole));
            case STRAY_ANSWER ->
                answer(chunks, whole)
                        .collectList()
                        .map(all -> Bytes.join(all.toArray(byte[][]::new)))
                        .flatMapMany(once -> Flux.just(Bytes.join(once, once))); // so that nobody can ask in between
            default -> answer(chunks, whole);
        };
    }

    private Flux<byte[]> answer(Flux<Chunk> chunks, boolean whole) {
        return Flux.concat(text(head()), chunked() ? framed(chunks, whole) : chunks.map(Chunk::bytes));
    }

    private String statusLine() {
        var status = HttpResponseStatus.valueOf(reply.status());
        return "HTTP/1.1 " + status.code() + " " + status.reasonPhrase() + "\r\n";
    }

    private String head() {
        var lines = new ArrayList<String>();
        reply.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Content-Length")) {
                lines.add(name + ": " + value);
            }
        });
        lengths().forEach(length -> lines.add("Content-Length: " + length));
        if (chunked()) {
            lines.add("Transfer-Encoding: chunked");
        }
        if (plan.fault() != Fault.STRAY_ANSWER) {
            lines.add("Connection: close");
        }
        return lines.stream().collect(Collectors.joining("\r\n", statusLine(), "\r\n\r\n"));
    }

    private boolean chunked() {
        return switch (plan.fault()) {
            case CHUNK_TOO_LONG, CHUNK_TOO_SHORT, INVALID_CHUNK, HUGE_CHUNK, NO_LAST_CHUNK, LENGTH_AND_CHUNKS -> true;
            case TRUNCATED, NO_CLOSE_NOTIFY -> false;
            default -> lengths().isEmpty();
        };
    }

    private List<String> lengths() {
        boolean document = reply.content() instanceof Content.Document;
        long length = reply.content() instanceof Content.Document all ? all.bytes().length : 1 << 20;
        return switch (plan.fault()) {
            case LENGTH_TOO_LONG -> List.of(said(length + 100));
            case LENGTH_TOO_SHORT -> List.of(said(document ? length / 2 : 100));
            case TWO_LENGTHS -> List.of(said(length), said(length + 1));
            case INVALID_LENGTH -> List.of("twelve");
            case LENGTH_AND_CHUNKS -> List.of(said(length));
            case CHUNK_TOO_LONG,
                    CHUNK_TOO_SHORT,
                    INVALID_CHUNK,
                    HUGE_CHUNK,
                    NO_LAST_CHUNK,
                    TRUNCATED,
                    NO_CLOSE_NOTIFY -> List.of();
            default -> document ? List.of(said(length)) : List.of();
        };
    }

    private String said(long usual) {
        boolean lie = plan.is(Fault.LENGTH_TOO_LONG) || plan.is(Fault.LENGTH_TOO_SHORT);
        return Long.toString(lie ? plan.options().number(FaultParameter.BYTES, usual) : usual);
    }

    private Flux<byte[]> framed(Flux<Chunk> chunks, boolean whole) {
        var framed = Flux.defer(() -> {
            var events = new int[1];
            return chunks.filter(chunk -> chunk.bytes().length > 0)
                    .map(chunk -> framed(chunk, chunk.event() ? events[0]++ : -1));
        });
        return whole && plan.fault() != Fault.NO_LAST_CHUNK ? framed.concatWith(text("0\r\n\r\n")) : framed;
    }

    private byte[] framed(Chunk chunk, int event) {
        var size =
                event == plan.eventsBefore(0) ? told(chunk.bytes().length) : Integer.toHexString(chunk.bytes().length);
        return Bytes.join((size + "\r\n").getBytes(ISO_8859_1), chunk.bytes(), new byte[] {'\r', '\n'});
    }

    /** What the chunk which the fault is about says of its size. */
    private String told(int size) {
        int by = (int) plan.options().number(FaultParameter.SIZE, 100);
        return switch (plan.fault()) {
            case CHUNK_TOO_LONG -> Integer.toHexString(size + by);
            case CHUNK_TOO_SHORT -> Integer.toHexString(size > by ? size - by : Math.max(1, size / 2));
            case INVALID_CHUNK -> "zz";
            case HUGE_CHUNK -> "7fffffffffffffff";
            default -> Integer.toHexString(size);
        };
    }

    private Flux<byte[]> hints() {
        return Flux.range(0, (int) plan.options().number(FaultParameter.COUNT, HINTS.size()))
                .map(i -> HINTS.get(i % HINTS.size()).getBytes(ISO_8859_1));
    }

    /** Lines of a head, as many bytes of them as the plan says. */
    private Flux<byte[]> fillers() {
        var lines = "X-Filler: 0123456789\r\n".repeat(FILLED / 22).getBytes(ISO_8859_1);
        long bytes = plan.options().number(FaultParameter.BYTES, ENDLESS);
        return Flux.range(0, (int) (bytes / lines.length) + 1).map(i -> lines);
    }

    private static Flux<byte[]> text(String text) {
        return Flux.defer(() -> Flux.just(text.getBytes(ISO_8859_1)));
    }
}
