package dev.darkroom.cli;

import java.util.List;
import java.util.stream.Stream;

/** A terminal which only writes down what it is told. */
final class PaperScreen implements Screen {

    private final StringBuilder reported = new StringBuilder();
    private final int columns;
    private final int rows;
    private boolean closed;

    PaperScreen(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public void print(String text) {
        reported.append(text);
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** Everything since the last call, control sequences included. */
    String reported() {
        var text = reported.toString();
        reported.setLength(0);
        return text;
    }

    /** Everything since the last call as lines of text, without control sequences. */
    List<String> lines() {
        return reported()
                .replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "")
                .transform(text -> Stream.of(text.split("\n")))
                .map(line -> line.substring(line.lastIndexOf('\r') + 1))
                .toList();
    }
}
