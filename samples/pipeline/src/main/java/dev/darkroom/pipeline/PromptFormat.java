package dev.darkroom.pipeline;

import java.nio.file.Path;
import java.util.Locale;

/** How prompts are written down. */
public enum PromptFormat {
    /** A JSON object a line; a line that does not begin with a brace is a prompt; blank lines and those after a hash do not count. */
    JSONL,
    /** A line with the names of the fields, and a record for each prompt (RFC 4180). */
    CSV,
    /** As {@link #CSV}, with tabulators in between. */
    TSV,
    /** A prompt a line; blank lines do not count. */
    LINES;

    /**
     * What the name of a file says.
     *
     * @param file with prompts
     * @return by {@code .csv}, {@code .tsv} and {@code .txt}; otherwise {@link #JSONL}
     */
    public static PromptFormat of(Path file) {
        var name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return CSV;
        }
        if (name.endsWith(".tsv")) {
            return TSV;
        }
        return name.endsWith(".txt") ? LINES : JSONL;
    }
}
