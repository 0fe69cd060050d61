package dev.darkroom.benchmarks.server;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.regex.Pattern;

/** One connection: reads just enough of a request to know where the next begins, and writes bytes. */
final class Exchange {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final int LARGEST_REQUEST = 16 * 1024;

    private final SocketChannel channel;
    private final Queue<Note> notes;
    private final int port;
    private final ByteBuffer in = ByteBuffer.allocate(LARGEST_REQUEST);
    private long written;

    Exchange(SocketChannel channel, Queue<Note> notes) throws IOException {
        this.channel = channel;
        this.notes = notes;
        this.port = ((InetSocketAddress) channel.getRemoteAddress()).getPort();
    }

    SocketChannel channel() {
        return channel;
    }

    /** The path of the next request, whose body is skipped. */
    String nextPath() throws IOException {
        while (true) {
            var text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
            int head = text.indexOf("\r\n\r\n");
            if (head >= 0) {
                var length = LENGTH.matcher(text.substring(0, head));
                int end = head + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
                if (in.position() >= end) {
                    in.flip().position(end);
                    in.compact();
                    return text.split(" ", 3)[1];
                }
            }
            if (channel.read(in) < 0) {
                throw new EOFException();
            }
        }
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            written += channel.write(bytes);
        }
    }

    /** Writes what a channel that does not block takes, and notes when the last of it was taken. */
    void writeNoted(ByteBuffer bytes) throws IOException {
        long now = System.nanoTime();
        written += channel.write(bytes);
        if (!bytes.hasRemaining()) {
            notes.add(new Note(port, written, now));
        }
    }
}
