package dev.darkroom.internal.wire;

import org.jspecify.annotations.Nullable;

/** Takes one byte order mark off the start of a response, also one that is cut; a second one is content. */
final class ByteOrderMark implements Framing {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Framing rest;
    private int matched;
    private boolean passed;

    ByteOrderMark(Framing rest) {
        this.rest = rest;
    }

    @Override
    public void read(byte[] bytes, int from, int to) {
        int i = from;
        while (!passed && i < to) {
            if (bytes[i] == MARK[matched]) {
                i++;
                matched++;
                passed = matched == MARK.length;
            } else {
                handBack();
            }
        }
        if (i < to) {
            rest.read(bytes, i, to);
        }
    }

    @Override
    public Framing settled() {
        return passed ? rest.settled() : this;
    }

    @Override
    public void end() {
        if (!passed) {
            handBack();
        }
        rest.end();
    }

    @Override
    public void endWhole() {
        if (!passed) {
            handBack();
        }
        rest.endWhole();
    }

    @Override
    public @Nullable String pendingEvent() {
        return rest.pendingEvent();
    }

    private void handBack() {
        passed = true;
        if (matched > 0) {
            rest.read(MARK, 0, matched);
        }
    }
}
