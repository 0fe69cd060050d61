package dev.darkroom.emulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.emulator.fault.FaultHeader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;
import tools.jackson.databind.JsonNode;

/** Speaks HTTP/2 frame by frame: writes requests, and shows each frame that comes. */
final class RawHttp2Client implements Closeable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;

    private final SSLSocket socket;
    private final DataInputStream in;
    private int stream = -1;

    RawHttp2Client(Trusting trusting) throws IOException {
        socket = trusting.socket("h2");
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
        frame(SETTINGS, 0, 0, new byte[0]);
        frame(8, 0, 0, number(1 << 30)); // a window for the connection
    }

    /** A frame that came. */
    @SuppressWarnings("ArrayRecordComponent") // made for one reader
    record Frame(int type, int flags, int stream, byte[] payload) {

        /** Of RST_STREAM, and of GOAWAY behind its last stream. */
        long code() {
            return number(type == GOAWAY ? 4 : 0);
        }

        long lastStream() {
            return number(0);
        }

        boolean ends() {
            return (flags & 1) != 0 && (type == DATA || type == HEADERS);
        }

        String text() {
            return new String(payload, UTF_8);
        }

        private long number(int at) {
            long value = 0;
            for (int i = at; i < at + 4; i++) {
                value = (value << 8) | (payload[i] & 0xFF);
            }
            return value;
        }
    }

    /** Asks for a picture; the number of its stream. */
    int post(JsonNode body, String order) throws IOException {
        stream += 2;
        var block = new ByteArrayOutputStream();
        header(block, ":method", "POST");
        header(block, ":scheme", "https");
        header(block, ":authority", "localhost");
        header(block, ":path", "/openrouter/api/v1/images");
        header(block, "authorization", "Bearer sk-test");
        header(block, FaultHeader.NAME.toLowerCase(Locale.ROOT), order);
        frame(HEADERS, 4, stream, block.toByteArray());
        frame(8, 0, stream, number(1 << 30)); // and one for the stream
        frame(DATA, 1, stream, body.toString().getBytes(UTF_8));
        return stream;
    }

    /** All frames up to one, or to the end of the connection; settings and pings aside. */
    List<Frame> until(Predicate<Frame> last) throws IOException {
        var frames = new ArrayList<Frame>();
        try {
            while (frames.isEmpty() || !last.test(frames.get(frames.size() - 1))) {
                var frame = next();
                if (frame.type() <= RST_STREAM || frame.type() == GOAWAY) {
                    frames.add(frame);
                }
            }
        } catch (EOFException | SocketException e) {
            // the end of the connection
        }
        return frames;
    }

    private Frame next() throws IOException {
        int head = in.readInt();
        int flags = in.readUnsignedByte();
        int id = in.readInt();
        var frame = new Frame(head & 0xFF, flags, id, in.readNBytes(head >>> 8));
        if (frame.type() == SETTINGS && flags == 0) {
            frame(SETTINGS, 1, 0, new byte[0]);
        }
        return frame;
    }

    /** As a literal without an index. */
    private static void header(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        for (var text : List.of(name, value)) {
            block.write(text.length());
            block.writeBytes(text.getBytes(ISO_8859_1));
        }
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }

    private void frame(int type, int flags, int id, byte[] payload) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(payload.length >>> 16);
        bytes.write(payload.length >>> 8);
        bytes.write(payload.length);
        bytes.write(type);
        bytes.write(flags);
        bytes.writeBytes(number(id));
        bytes.writeBytes(payload);
        socket.getOutputStream().write(bytes.toByteArray());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
