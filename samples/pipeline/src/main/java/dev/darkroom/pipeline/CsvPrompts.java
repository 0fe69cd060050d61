package dev.darkroom.pipeline;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A record a prompt. An empty field is one that is not set; a row that is broken ends the file, as nobody knows where the next begins. */
final class CsvPrompts implements PromptReader {

    private final CsvReader<NamedCsvRecord> reader;
    private final CloseableIterator<NamedCsvRecord> records;
    private boolean broken;

    CsvPrompts(Path file, char separator) throws IOException {
        reader = CsvReader.builder()
                .fieldSeparator(separator)
                .detectBomHeader(true)
                .skipEmptyLines(true)
                .allowMissingFields(true)
                .ofNamedCsvRecord(file, StandardCharsets.UTF_8);
        records = reader.iterator();
    }

    @Override
    public @Nullable PromptLine next() {
        try {
            return broken || !records.hasNext() ? null : line(records.next());
        } catch (CsvParseException e) {
            broken = true;
            return PromptLine.unreadable(0, "the table cannot be read: " + e.getMessage());
        }
    }

    private static PromptLine line(NamedCsvRecord found) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        found.getFieldsAsMap().forEach((name, value) -> {
            if (!value.isBlank()) {
                fields.put(name.strip().toLowerCase(Locale.ROOT), value);
            }
        });
        return new PromptLine(found.getStartingLineNumber(), fields, null);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
