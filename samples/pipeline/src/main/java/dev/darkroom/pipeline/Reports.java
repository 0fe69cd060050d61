package dev.darkroom.pipeline;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What lies beside the pictures: {@code manifest.jsonl}, a line for each prompt in the order of the input, and the contact sheets. Made
 * anew from input and journal, one prompt at a time, and put in place in one step. Blocks.
 */
final class Reports {

    private final RunFolder folder;
    private final Input input;
    private final Journal journal;

    Reports(RunFolder folder, Input input, Journal journal) {
        this.folder = folder;
        this.input = input;
        this.journal = journal;
    }

    void write(Progress progress) throws IOException {
        var drafts = folder.drafts();
        var manifest = drafts.resolve("manifest");
        var page = drafts.resolve("page");
        var sheet = new ContactSheet(folder);
        try (var lines = Files.newBufferedWriter(manifest, StandardCharsets.UTF_8);
                var html = new ContactPage(Files.newBufferedWriter(page, StandardCharsets.UTF_8), progress)) {
            input.walk((index, line) -> {
                var entry = journal.last(index);
                var job = job(index, line);
                if (job != null) {
                    write(lines, job, entry);
                    html.add(job, entry);
                    if (entry != null) {
                        entry.pictures().forEach(sheet::add);
                    }
                }
            });
        }
        place(manifest, RunFolder.MANIFEST);
        place(page, RunFolder.PAGE);
        var png = drafts.resolve("sheet");
        if (sheet.write(png)) {
            place(png, RunFolder.SHEET);
        }
    }

    private @Nullable Job job(int index, PromptLine line) {
        try {
            return input.reading().job(index, line);
        } catch (IllegalArgumentException e) {
            return null; // its reference has gone since it was painted
        }
    }

    private static void write(BufferedWriter lines, Job job, @Nullable JournalEntry entry) throws IOException {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("index", job.index() + 1);
        all.put("line", job.line());
        if (!job.id().isEmpty()) {
            all.put("id", job.id());
        }
        all.put("state", (entry == null ? JobState.NEW : entry.state()).word());
        all.put("model", job.request().model());
        all.put("prompt", job.request().prompt());
        all.put("options", options(job));
        if (entry != null) {
            var facts = new LinkedHashMap<>(entry.facts());
            facts.keySet()
                    .removeIf(name -> name.equals(JournalEntry.INDEX)
                            || name.equals(JournalEntry.STATE)
                            || name.equals(JournalEntry.FINGERPRINT));
            all.putAll(facts);
        }
        lines.write(Json.write(all));
        lines.write('\n');
    }

    private static Map<String, String> options(Job job) {
        var options = new TreeMap<String, String>();
        for (var option : job.request().options()) {
            try {
                job.request().text(option).ifPresent(text -> options.put(option.name(), text));
            } catch (IllegalArgumentException e) {
                options.put(option.name(), "…"); // a picture in memory
            }
        }
        return options;
    }

    private void place(Path draft, String name) throws IOException {
        Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
