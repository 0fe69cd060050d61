package dev.darkroom.fire;

/** How HTTP/1.1 says where a body ends. */
enum Framing {
    LENGTH {
        @Override
        Wire of(Answer answer) {
            var head = head(answer, "Content-Length: " + answer.body().length() + "\r\n");
            return new Wire(head + answer.body(), head.length() + answer.enough());
        }
    },
    CHUNKED {
        @Override
        Wire of(Answer answer) {
            var out = new StringBuilder(head(answer, "Transfer-Encoding: chunked\r\n"));
            var body = answer.body();
            var enough = 0;
            for (int at = 0; at < body.length(); at += PIECE) {
                var end = Math.min(body.length(), at + PIECE);
                out.append(Integer.toHexString(end - at)).append("\r\n");
                if (at < answer.enough() && answer.enough() <= end) {
                    enough = out.length() + answer.enough() - at;
                }
                out.append(body, at, end).append("\r\n");
            }
            return new Wire(out.append("0\r\n\r\n").toString(), enough);
        }
    },
    CLOSE {
        @Override
        Wire of(Answer answer) {
            var head = head(answer, "Connection: close\r\n");
            return new Wire(head + answer.body(), head.length() + answer.enough());
        }
    };

    private static final int PIECE = 70;

    abstract Wire of(Answer answer);

    private static String head(Answer answer, String field) {
        return "HTTP/1.1 200 OK\r\nContent-Type: " + answer.kind().mediaType + "\r\n" + field + "\r\n";
    }
}
