package dev.darkroom.cli;

/** A terminal which can draw: it has a size, true colour, and obeys ANSI sequences. */
interface Screen extends AutoCloseable {

    /** How many characters fit into a line, now. */
    int columns();

    /** How many lines fit, now. */
    int rows();

    /** Writes text and control sequences, at once. */
    void print(String text);

    /** Gives the terminal back as it was. */
    @Override
    void close();
}
