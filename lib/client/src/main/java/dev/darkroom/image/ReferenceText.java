package dev.darkroom.image;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** References as text: {@code asset://} and an id of the gateway, an http(s) or {@code data:} URL, and otherwise a file. */
final class ReferenceText {

    private static final String STORED = "asset://";

    private ReferenceText() {}

    static List<ImageReference> read(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(ReferenceText::readOne)
                .toList();
    }

    static String write(List<ImageReference> references) {
        return references.stream().map(ReferenceText::writeOne).collect(Collectors.joining("\n"));
    }

    static ImageReference readOne(String text) {
        var word = text.strip();
        var lower = word.substring(0, Math.min(word.length(), STORED.length())).toLowerCase(Locale.ROOT);
        if (lower.startsWith("data:")) {
            return ImageReference.dataUrl(word);
        }
        if (lower.equals(STORED)) {
            return ImageReference.stored(word.substring(STORED.length()));
        }
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            return ImageReference.url(URI.create(word));
        }
        try {
            return ImageReference.file(Path.of(word));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("it must be a file, a URL, asset://ID or data:image/…", e);
        }
    }

    static String writeOne(ImageReference reference) {
        if (reference instanceof ImageReference.File file) {
            return file.path().toString();
        }
        if (reference instanceof ImageReference.Url url) {
            return url.value().toString();
        }
        if (reference instanceof ImageReference.Stored stored) {
            return STORED + stored.id();
        }
        if (reference instanceof ImageReference.DataUrl dataUrl) {
            return dataUrl.value();
        }
        throw new IllegalArgumentException("a reference that is bytes in memory has no text; write it to a file");
    }
}
