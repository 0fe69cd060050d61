package dev.darkroom.internal.wire;

/**
 * The white space which decoding ignores, remembered so that the text can be had back unchanged: pairs of a distance to
 * the gap before, in base64 characters and as a variable-length number, and the byte that stood there.
 */
final class Gaps {

    private static final int MORE = 0x80;

    private final Bytes records;
    private long last;

    Gaps(long textBytes, HeapBudget budget) {
        this.records = new Bytes(textBytes, budget);
    }

    /** How many there are at most. */
    int most() {
        return records.size();
    }

    /** What they keep on the heap. */
    long weight() {
        return records.weight();
    }

    /** ASCII white space as WHATWG defines it. */
    static boolean isWhiteSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == '\f';
    }

    void add(long position, byte whiteSpace) {
        long distance = position - last;
        for (; distance >= MORE; distance >>>= 7) {
            records.append((byte) (distance | MORE));
        }
        records.append((byte) distance);
        records.append(whiteSpace);
        last = position;
    }

    /** Puts the white space back between characters which are given in order, piece by piece. */
    final class Refill {

        private final Bytes out;
        private final boolean escaped;
        private int at;
        private long left;

        /** @param escaped whether line ends and the like are written as in a JSON string */
        Refill(Bytes out, boolean escaped) {
            this.out = out;
            this.escaped = escaped;
            this.left = nextDistance();
        }

        void write(byte[] characters) {
            int from = 0;
            while (left < characters.length - from) {
                int gap = from + (int) left;
                out.append(characters, from, gap);
                from = gap;
                writeGap();
            }
            out.append(characters, from, characters.length);
            left -= characters.length - from;
        }

        /** Writes what stood behind the last character. */
        void end() {
            while (left == 0) {
                writeGap();
            }
        }

        private void writeGap() {
            byte whiteSpace = records.array()[at++];
            if (escaped && whiteSpace != ' ') {
                out.append((byte) '\\');
                out.append((byte) "tnfr".charAt("\t\n\f\r".indexOf(whiteSpace)));
            } else {
                out.append(whiteSpace);
            }
            left = nextDistance();
        }

        private long nextDistance() {
            if (at == records.size()) {
                return Long.MAX_VALUE;
            }
            long distance = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = records.array()[at++];
                distance |= (long) (next & ~MORE & 0xFF) << shift;
                if (next >= 0) {
                    return distance;
                }
            }
        }
    }
}
