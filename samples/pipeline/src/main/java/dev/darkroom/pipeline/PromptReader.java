package dev.darkroom.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads prompts one by one; blocks, and keeps none. */
sealed interface PromptReader extends Closeable permits CsvPrompts, LinePrompts {

    /** The next one, which may be unreadable; null at the end. */
    @Nullable
    PromptLine next() throws IOException;

    static PromptReader of(Path file, PromptFormat format) throws IOException {
        return switch (format) {
            case CSV -> new CsvPrompts(file, ',');
            case TSV -> new CsvPrompts(file, '\t');
            case JSONL -> new LinePrompts(Files.newBufferedReader(file, StandardCharsets.UTF_8), true);
            case LINES -> new LinePrompts(Files.newBufferedReader(file, StandardCharsets.UTF_8), false);
        };
    }
}
