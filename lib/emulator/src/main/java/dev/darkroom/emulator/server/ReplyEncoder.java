package dev.darkroom.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.server.Reply.Content;
import java.io.ByteArrayOutputStream;
import reactor.core.publisher.Flux;

/**
 * Turns a reply's content into bytes: LF only, {@code event:} lines where the stream names its events, no {@code id:}
 * lines, unless a fault wants it otherwise.
 *
 * @param fault what shall go wrong with it
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG HTML, server-sent events</a>
 */
record ReplyEncoder(Fault fault) {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    Flux<Chunk> chunks(Content content) {
        return switch (fault) {
            case GZIP -> Compression.gzip(plain(content), true);
            case GZIP_CUT -> Compression.gzip(plain(content), false);
            case DEFLATE -> Compression.deflate(plain(content));
            case UNKNOWN_ENCODING ->
                plain(content)
                        .map(chunk -> new Chunk(Bytes.spoiled(chunk.bytes(), 0, chunk.bytes().length), chunk.event()));
            default -> plain(content);
        };
    }

    private Flux<Chunk> plain(Content content) {
        if (content instanceof Content.Document document) {
            return Flux.just(new Chunk(document.bytes(), true));
        }
        if (content instanceof Content.Items items) {
            return JsonItems.of(items.items());
        }
        var stream = (Content.Stream) content;
        boolean named = fault == Fault.EVENT_LINES || (stream.named() && fault != Fault.NO_EVENT_LINES);
        var framed = stream.frames().index((number, frame) -> frame(number, frame, named));
        return fault == Fault.BOM ? Flux.concat(Flux.just(new Chunk(BYTE_ORDER_MARK, false)), framed) : framed;
    }

    Reply headers(Reply reply) {
        return switch (fault) {
            case GZIP_LIE -> reply.header("Content-Encoding", "gzip");
            case GZIP, GZIP_CUT -> reply.without("Content-Length").header("Content-Encoding", "gzip");
            case DEFLATE -> reply.without("Content-Length").header("Content-Encoding", "deflate");
            case UNKNOWN_ENCODING -> reply.header("Content-Encoding", "br");
            case NO_CONTENT_TYPE -> reply.without("Content-Type");
            case TRUNCATED -> reply.without("Content-Length"); // or the client would know how much is missing
            case WRONG_CONTENT_TYPE ->
                reply.header(
                        "Content-Type",
                        reply.content() instanceof Content.Stream ? "application/json" : "text/event-stream");
            default -> reply;
        };
    }

    private Chunk frame(long number, SseFrame frame, boolean named) {
        var bytes = new ByteArrayOutputStream();
        if (frame instanceof SseFrame.Comment comment) {
            line(bytes, ": ", comment.text().getBytes(UTF_8));
            line(bytes, "", new byte[0]);
            return new Chunk(bytes.toByteArray(), false);
        }
        var event = (SseFrame.Event) frame;
        if (named && !event.type().isEmpty()) {
            line(bytes, "event: ", event.type().getBytes(UTF_8));
        }
        if (fault == Fault.EVENT_LINES && !event.type().isEmpty()) {
            line(bytes, "id: ", Long.toString(number).getBytes(UTF_8));
        }
        if (event.closed()) {
            line(bytes, "data: ", event.data());
            line(bytes, "", new byte[0]);
        } else {
            bytes.writeBytes("data: ".getBytes(UTF_8));
            bytes.writeBytes(event.data());
        }
        return new Chunk(bytes.toByteArray(), true);
    }

    private void line(ByteArrayOutputStream bytes, String field, byte[] value) {
        bytes.writeBytes(field.getBytes(UTF_8));
        bytes.writeBytes(value);
        if (fault != Fault.CR) {
            bytes.writeBytes(fault == Fault.CRLF ? new byte[] {'\r', '\n'} : new byte[] {'\n'});
        } else {
            bytes.write('\r');
        }
    }
}
