package dev.darkroom.cli;

import dev.darkroom.image.ImageEvent;

/** The progress of an image which is written as markup rather than rendered: how much there is, and its newest words. */
final class MarkupProgress {

    private static final int TAIL = 60;

    private final StringBuilder newest = new StringBuilder();
    private long length;

    void add(ImageEvent.TextChunk chunk) {
        length += chunk.text().length();
        newest.append(chunk.text());
        if (newest.length() > TAIL) {
            newest.delete(0, newest.length() - TAIL);
        }
    }

    long length() {
        return length;
    }

    String tail() {
        return HumanText.clean(newest.toString());
    }
}
