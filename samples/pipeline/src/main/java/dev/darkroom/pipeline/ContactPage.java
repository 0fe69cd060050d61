package dev.darkroom.pipeline;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** All pictures with their prompts, for a browser: one file without scripts, which loads pictures as they come into view. */
final class ContactPage implements AutoCloseable {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark">
            <title>Contact sheet</title>
            <style>
              body { font: 14px/1.4 system-ui, sans-serif; margin: 1.5rem }
              main { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 1rem }
              figure { margin: 0 } img { width: 100%; height: auto; aspect-ratio: 1; object-fit: contain; background: #8881 }
              figcaption { overflow-wrap: anywhere } small { opacity: .75 } .failed, .unknown, .sent { color: #c00 }
              p.none { aspect-ratio: 1; margin: 0; display: grid; place-items: center; background: #8881 }
            </style>
            """;

    private final BufferedWriter out;

    ContactPage(BufferedWriter out, Progress progress) throws IOException {
        this.out = out;
        out.write(HEAD);
        out.write("<h1>" + progress.done() + " of " + progress.total() + " done</h1>\n<main>\n");
    }

    void add(Job job, @Nullable JournalEntry entry) throws IOException {
        var state = (entry == null ? JobState.NEW : entry.state()).word();
        var pictures = entry == null ? java.util.List.<SavedPicture>of() : entry.pictures();
        var shown = pictures.stream().filter(picture -> picture.file() != null).toList();
        for (var picture : shown) {
            var source = escape(relative(String.valueOf(picture.file())));
            out.write("<figure><a href=\"" + source + "\"><img loading=\"lazy\" alt=\"\" src=\"" + source + "\"></a>");
            caption(job, state, entry);
        }
        if (shown.isEmpty()) {
            out.write("<figure><p class=\"none " + state + "\">" + state + "</p>");
            caption(job, state, entry);
        }
    }

    private void caption(Job job, String state, @Nullable JournalEntry entry) throws IOException {
        var cost = entry == null ? null : entry.cost();
        var unit = entry == null ? "" : entry.unit();
        var message = entry == null ? null : entry.text("message");
        out.write("<figcaption>" + escape(job.request().prompt()) + "<br><small>" + (job.index() + 1) + " · "
                + escape(job.request().model()) + (state.equals("done") ? "" : " · " + state)
                + (cost == null ? "" : " · " + cost.toPlainString() + " " + escape(unit))
                + (message == null ? "" : " · " + escape(message)) + "</small></figcaption></figure>\n");
    }

    private static String relative(String file) {
        try {
            return new URI(null, null, "./" + file, null).getRawPath();
        } catch (URISyntaxException e) {
            return file;
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public void close() throws IOException {
        out.write("</main>\n</html>\n");
        out.close();
    }
}
