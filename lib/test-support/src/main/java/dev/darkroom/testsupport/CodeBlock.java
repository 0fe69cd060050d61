package dev.darkroom.testsupport;

import java.nio.file.Path;

/**
 * A fenced block of a document.
 *
 * @param file the document
 * @param place the document as seen from the repository's folder
 * @param line of its fence, counted from one
 * @param language the word behind the fence, empty without one
 * @param code what stands in it
 */
public record CodeBlock(Path file, Path place, int line, String language, String code) {

    /** Where it stands, for the name of a test. */
    @Override
    public String toString() {
        return place + ":" + line;
    }
}
