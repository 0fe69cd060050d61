package dev.darkroom.internal.http;

import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Takes one compression off bytes which come in pieces cut anywhere, as much at a time as it is asked for: the classes of the
 * JDK and of Netty either wait for their input or hand on all that it means. {@link Inflater} does the work; what is here is
 * what stands before and behind: of gzip (any number of members, <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC
 * 1952</a>), of zlib (RFC 1950), or nothing, which some servers call deflate as well.
 */
final class Inflation {

    /** What a label can mean. */
    enum Format {
        GZIP,
        DEFLATE;

        static @Nullable Format named(String coding) {
            return switch (coding) {
                case "gzip", "x-gzip" -> GZIP;
                case "deflate" -> DEFLATE;
                default -> null;
            };
        }
    }

    private enum Step {
        HEAD,
        CONTENT,
        TRAILER,
        FINISHED
    }

    /** The first byte of gzip. */
    static final byte GZIP = 0x1f;

    private static final int PIECE = 16 * 1024;
    private static final byte[] NOTHING = {};

    private final Format format;
    private final byte[] piece = new byte[PIECE];
    private final Inflater inflater = new Inflater(true);
    private GzipHead head = new GzipHead();
    private Step step = Step.HEAD;
    private byte[] input = NOTHING;
    private int from;
    private int to;
    /** Whether the last piece was filled, so that there may be more though all input was taken. */
    private boolean full;

    private int zlib = -1;
    private @Nullable Checksum checksum;
    private int trailerLength;
    private int trailerRead;
    private long trailer;
    private long size;
    private boolean closed;

    Inflation(Format format) {
        this.format = format;
    }

    /** Without a head nothing is sure; but a block that begins like JSON would mean no text. */
    boolean cannotBeginWith(byte first) {
        return format == Format.GZIP ? first != GZIP : first == '{' || first == '[';
    }

    /** The bytes to read next, once those before are used up: {@link #fill()} has said 0. They must not change until then. */
    void give(byte[] bytes, int length) {
        input = bytes;
        from = 0;
        to = length;
    }

    /** What {@link #fill()} has filled. */
    byte[] piece() {
        return piece;
    }

    /** Whether its end has come; more gzip may follow all the same. */
    boolean isFinished() {
        return step == Step.FINISHED;
    }

    /** Puts the next bytes into the piece, and says how many; none once it needs to be given more. */
    int fill() throws DataFormatException {
        while (from < to || (step == Step.CONTENT && (full || inflater.finished() || !inflater.needsInput()))) {
            switch (step) {
                case HEAD -> readHead();
                case CONTENT -> {
                    int length = inflate();
                    if (length > 0) {
                        return length;
                    }
                }
                case TRAILER -> readTrailer();
                case FINISHED -> again();
            }
        }
        return 0;
    }

    private void readHead() throws DataFormatException {
        int next = input[from++] & 0xFF;
        if (format == Format.GZIP) {
            if (head.endsWith(next)) {
                begin(new CRC32(), 8);
            }
        } else if (zlib < 0) {
            zlib = next;
        } else if ((zlib & 0x0F) == 8 && zlib >> 4 < 8 && (zlib << 8 | next) % 31 == 0) {
            if ((next & 0x20) != 0) {
                throw new DataFormatException("needs a dictionary");
            }
            begin(new Adler32(), 4);
        } else {
            begin(null, 0);
            inflater.setInput(new byte[] {(byte) zlib, (byte) next});
        }
    }

    private void begin(@Nullable Checksum counted, int length) {
        step = Step.CONTENT;
        inflater.reset();
        checksum = counted;
        trailerLength = length;
        trailerRead = 0;
        trailer = 0;
        size = 0;
        full = false;
    }

    private int inflate() throws DataFormatException {
        if (inflater.needsInput() && from < to) {
            inflater.setInput(input, from, to - from);
            from = to;
        }
        int length = content();
        full = length == piece.length;
        if (checksum != null) {
            checksum.update(piece, 0, length);
        }
        size += length;
        if (length == 0 && inflater.finished()) {
            from = to - inflater.getRemaining();
            step = trailerLength == 0 ? Step.FINISHED : Step.TRAILER;
        }
        return length;
    }

    /** The JDK's message may be anything. */
    private int content() throws DataFormatException {
        try {
            return inflater.inflate(piece);
        } catch (DataFormatException e) {
            throw new DataFormatException("broken " + this);
        }
    }

    /** Both numbers of gzip have their lowest byte first, the one of zlib its highest. */
    private void readTrailer() throws DataFormatException {
        long next = input[from++] & 0xFF;
        trailer = format == Format.GZIP ? trailer | next << (8 * trailerRead) : trailer << 8 | next;
        if (++trailerRead == trailerLength) {
            long sum = checksum == null ? 0 : checksum.getValue();
            if (trailer != (format == Format.GZIP ? sum | size << 32 : sum)) {
                throw new DataFormatException("its checksum is that of something else");
            }
            step = Step.FINISHED;
        }
    }

    /** Behind gzip there may be more of it; anything else is passed over. */
    private void again() {
        if (format == Format.GZIP && input[from] == GZIP) {
            head = new GzipHead();
            step = Step.HEAD;
        } else {
            from = to;
        }
    }

    @Override
    public String toString() {
        return format == Format.GZIP ? "gzip" : "deflate";
    }

    void close() {
        if (!closed) {
            closed = true;
            inflater.end();
        }
    }
}
