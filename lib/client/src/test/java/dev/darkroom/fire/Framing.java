package dev.darkroom.fire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** How HTTP/1.1 says where a body ends. */
enum Framing {
    LENGTH {
        @Override
        Wire of(Answer answer) {
            var body = answer.bytes();
            var head = head(answer, "Content-Length: " + body.length + "\r\n");
            return new Wire(joined(head, body), head.length + answer.enough());
        }
    },
    CHUNKED {
        @Override
        Wire of(Answer answer) {
            var head = head(answer, "Transfer-Encoding: chunked\r\n");
            var out = new ByteArrayOutputStream();
            out.writeBytes(head);
            var body = answer.bytes();
            var enough = 0;
            for (int at = 0; at < body.length; at += PIECE) {
                var length = Math.min(PIECE, body.length - at);
                out.writeBytes(ascii(Integer.toHexString(length) + "\r\n"));
                if (at < answer.enough() && answer.enough() <= at + length) {
                    enough = out.size() + answer.enough() - at;
                }
                out.write(body, at, length);
                out.writeBytes(ascii("\r\n"));
            }
            out.writeBytes(ascii("0\r\n\r\n"));
            return new Wire(out.toByteArray(), enough);
        }
    },
    CLOSE {
        @Override
        Wire of(Answer answer) {
            var head = head(answer, "Connection: close\r\n");
            return new Wire(joined(head, answer.bytes()), head.length + answer.enough());
        }
    };

    private static final int PIECE = 70;

    abstract Wire of(Answer answer);

    private static byte[] head(Answer answer, String field) {
        return ascii("HTTP/1.1 200 OK\r\nContent-Type: " + answer.kind().mediaType + "\r\n" + field + "\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[] head, byte[] body) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(head);
        all.writeBytes(body);
        return all.toByteArray();
    }
}
