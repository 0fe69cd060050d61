package dev.darkroom.internal.http;

import java.util.Iterator;
import java.util.List;
import java.util.zip.DataFormatException;

/** Passes over the head of a gzip member, byte by byte, <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952, 2.3</a>. */
final class GzipHead {

    /** In the order in which they come; those with a flag only if it is set. */
    private enum Part {
        FIXED(0),
        EXTRA_LENGTH(4),
        EXTRA(4),
        NAME(8),
        COMMENT(16),
        CHECKSUM(2),
        END(0);

        private final int flag;

        Part(int flag) {
            this.flag = flag;
        }
    }

    private static final int[] MAGIC = {0x1f, 0x8b, 8};
    private static final int FIXED = 10;
    private static final int FLAGS = 3;
    private static final int RESERVED = 0xE0;

    private final Iterator<Part> parts = List.of(Part.values()).iterator();
    private Part part = parts.next();
    private int read;
    private int flags;
    private int extra;

    /** Takes the next byte, and tells whether it was the last. */
    boolean endsWith(int next) throws DataFormatException {
        boolean last = switch (part) {
            case FIXED -> fixed(next);
            case EXTRA_LENGTH -> {
                extra |= next << (8 * read);
                yield read == 1;
            }
            case EXTRA -> read + 1 == extra;
            case NAME, COMMENT -> next == 0;
            case CHECKSUM -> read == 1;
            case END -> true;
        };
        read++;
        while (last && part != Part.END) {
            part = parts.next();
            read = 0;
            last = part != Part.END && ((flags & part.flag) == 0 || (part == Part.EXTRA && extra == 0));
        }
        return part == Part.END;
    }

    private boolean fixed(int next) throws DataFormatException {
        if (read < MAGIC.length && next != MAGIC[read]) {
            throw new DataFormatException("no gzip");
        }
        if (read == FLAGS) {
            flags = next;
            if ((next & RESERVED) != 0) {
                throw new DataFormatException("gzip of a kind nobody knows");
            }
        }
        return read == FIXED - 1;
    }
}
