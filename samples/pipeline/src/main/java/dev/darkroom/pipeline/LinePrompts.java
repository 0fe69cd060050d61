package dev.darkroom.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** A prompt a line, as text or, where it may be, as a JSON object. */
final class LinePrompts implements PromptReader {

    private final BufferedReader reader;
    private final boolean json;
    private long line;

    LinePrompts(BufferedReader reader, boolean json) {
        this.reader = reader;
        this.json = json;
    }

    @Override
    public @Nullable PromptLine next() throws IOException {
        for (var text = read(); text != null; text = read()) {
            line++;
            var prompt = (line == 1 && text.startsWith("\ufeff") ? text.substring(1) : text).strip();
            if (!prompt.isEmpty() && !(json && prompt.startsWith("#"))) {
                return json && prompt.startsWith("{") ? object(prompt) : PromptLine.plain(line, prompt);
            }
        }
        return null;
    }

    private @Nullable String read() throws IOException {
        try {
            return reader.readLine();
        } catch (CharacterCodingException e) {
            throw new IOException("what follows line " + line + " is not UTF-8", e);
        }
    }

    private PromptLine object(String text) {
        try {
            return new PromptLine(line, Json.read(text), null);
        } catch (IllegalArgumentException e) {
            return PromptLine.unreadable(line, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
