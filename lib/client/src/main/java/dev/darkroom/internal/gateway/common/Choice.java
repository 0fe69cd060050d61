package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.PicturedText;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One of the answers that a message has: its words, its pictures, and how it ended. */
final class Choice {

    /** The code of an ending in which nobody says why there is no picture. */
    private static final String NO_IMAGE = "no_image";

    /** Characters kept of what is said; all of it is told as it comes. */
    private static final int MOST_WORDS = 1 << 20;

    private final ResponseState arrivals;
    private final @Nullable Long number;
    private final MarkdownPictures markdown = new MarkdownPictures();
    private final StringBuilder said = new StringBuilder();
    private final List<GeneratedImage> images = new ArrayList<>();
    private @Nullable PicturedText text;
    private @Nullable GeneratedImage preview;
    private MessageShape.@Nullable Stop stop;
    private int previews;
    private boolean failed;

    /** @param numbered whether its number is that of its image, because there are several choices */
    Choice(int number, ResponseState arrivals, boolean numbered) {
        this.arrivals = arrivals;
        this.number = numbered ? Long.valueOf(number) : null;
    }

    List<ImageEvent> words(MessageShape.Words words, Payload payload) {
        if (!words.phase().equals(ImageEvent.TextChunk.MESSAGE)) {
            return chunk(words.phase(), Objects.requireNonNullElse(payload.text(words.text()), ""));
        }
        if (!payload.inStream() && new ImageItem(payload, words.text()).image(0) != null) {
            return picture(payload, words.text());
        }
        var begun = text;
        if (begun == null) {
            begun = payload.picturedText();
            text = begun;
        }
        var events = new ArrayList<ImageEvent>();
        for (var piece : payload.pieces(words.text(), begun)) {
            markdown.read(piece).forEach(part -> events.addAll(part(part, payload)));
        }
        return events;
    }

    private List<ImageEvent> part(MarkdownPictures.Part part, @Nullable Payload payload) {
        if (part.words() != null) {
            if (said.length() + part.words().length() <= MOST_WORDS) {
                said.append(part.words());
            }
            return chunk(ImageEvent.TextChunk.MESSAGE, part.words());
        }
        admit(payload);
        int index = arrivals.place(number);
        var blob = part.blob();
        if (blob == null) {
            return ready(GeneratedImage.at(index, null, Objects.requireNonNull(part.url())));
        }
        if (blob.size() == 0 || blob.isTooLarge()) {
            failed = true;
            var code = blob.isTooLarge() ? ImageFailure.TOO_LARGE : ImageFailure.UNDECODABLE;
            return List.of(arrivals.fail(new ImageFailure(index, code, null)));
        }
        return ready(GeneratedImage.of(index, blob.declaredMediaType(), blob.segments()));
    }

    private void admit(@Nullable Payload payload) {
        if (payload != null) {
            payload.admit(arrivals.count() + 1);
        }
    }

    private List<ImageEvent> chunk(String phase, String words) {
        if (words.isEmpty()) {
            return List.of();
        }
        arrivals.begin();
        return List.of(new ImageEvent.TextChunk(phase, words));
    }

    List<ImageEvent> picture(Payload payload, JsonNode item) {
        admit(payload);
        int index = arrivals.place(number);
        var form = new ImageItem(payload, item);
        var image = form.image(index);
        if (image == null) {
            failed = true;
            return List.of(arrivals.fail(form.failure(index)));
        }
        return ready(image);
    }

    /** Some say the same picture twice, in a list and in the text, or again at the end. */
    private List<ImageEvent> ready(GeneratedImage image) {
        if (images.stream().anyMatch(known -> isSame(known, image))) {
            return List.of();
        }
        images.add(image);
        return List.of(arrivals.ready(image));
    }

    private static boolean isSame(GeneratedImage known, GeneratedImage image) {
        if (known.isLoaded() || image.isLoaded()) {
            return known.equals(image);
        }
        return Objects.equals(known.url(), image.url());
    }

    List<ImageEvent> preview(Payload payload, JsonNode item) {
        var image = new ImageItem(payload, item).image(arrivals.place(number));
        if (image == null) {
            return List.of();
        }
        preview = image;
        return arrivals.preview(image, (long) previews++);
    }

    void stop(MessageShape.Stop word) {
        if (stop == null || word.ending() != MessageShape.Ending.DONE) {
            stop = word;
        }
    }

    MessageShape.@Nullable Stop stop() {
        return stop;
    }

    boolean hasImage() {
        return !images.isEmpty();
    }

    /** Of its previews the last is the image, should that not come by itself. */
    boolean mayHaveImage() {
        return hasImage() || (preview != null && isDone());
    }

    boolean isSettled() {
        return hasImage() || failed;
    }

    private boolean isDone() {
        return stop != null && stop.ending() == MessageShape.Ending.DONE;
    }

    List<ImageEvent> fail(@Nullable String code, @Nullable String sentence) {
        if (isSettled()) {
            return List.of();
        }
        failed = true;
        return List.of(arrivals.fail(new ImageFailure(arrivals.place(number), code, sentence)));
    }

    /** Nothing more comes: what was held back. */
    List<ImageEvent> end() {
        var events = new ArrayList<ImageEvent>();
        if (text != null) {
            markdown.end(text.end()).forEach(part -> events.addAll(part(part, null)));
            text = null;
        }
        var last = preview;
        if (!isSettled() && last != null && isDone()) {
            events.addAll(ready(last));
        }
        return events;
    }

    String said() {
        return said.toString().strip();
    }

    /** Why it has no picture. */
    String code() {
        return stop == null || isDone() ? NO_IMAGE : stop.code();
    }

    @Nullable
    String sentence() {
        return stop == null || stop.sentence() == null ? (said().isEmpty() ? null : said()) : stop.sentence();
    }
}
