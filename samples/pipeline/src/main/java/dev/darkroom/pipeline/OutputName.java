package dev.darkroom.pipeline;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the pictures of a prompt are called, below the folder. Several are counted from 1.
 *
 * @param stem with folders, without what follows the dot
 * @param extension as it was asked for; null for what the picture turns out to be
 * @param images how many may come
 */
record OutputName(String stem, @Nullable String extension, int images) {

    private static final int LONGEST_SLUG = 48;

    /** How names of pictures may end, if nobody said how. */
    static final List<String> USUAL = List.of("png", "jpg", "webp");

    private static final Set<String> KNOWN =
            Set.of("png", "jpg", "jpeg", "webp", "gif", "avif", "svg", "bmp", "tif", "tiff");

    /** As somebody wrote it; what would lie outside of the folder is refused. */
    static OutputName given(String out, int images) {
        Path path;
        try {
            path = Path.of(out.strip()).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("out: no file can be called so", e);
        }
        var name = String.valueOf(path.getFileName());
        if (path.isAbsolute() || path.startsWith("..") || name.isBlank()) {
            throw new IllegalArgumentException("out: '" + out + "' is not inside of the output folder");
        }
        if (path.startsWith(RunFolder.HIDDEN) || RunFolder.isOurs(path.toString())) {
            throw new IllegalArgumentException("out: '" + out + "' is kept for the pipeline itself");
        }
        var text = path.toString().replace('\\', '/');
        var dot = name.lastIndexOf('.');
        return dot <= 0 || !KNOWN.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))
                ? new OutputName(text, null, images)
                : new OutputName(
                        text.substring(0, text.length() - name.length() + dot), name.substring(dot + 1), images);
    }

    /** A few words, in letters that every file system has. */
    static String slug(String prompt) {
        var words = Normalizer.normalize(prompt.substring(0, Math.min(prompt.length(), 200)), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+|['’]", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        if (words.isEmpty()) {
            return "image";
        }
        if (words.length() <= LONGEST_SLUG) {
            return words;
        }
        var end = words.lastIndexOf('-', LONGEST_SLUG);
        return words.substring(0, end > 0 ? end : LONGEST_SLUG);
    }

    /** Of one picture. */
    String file(int image, String found) {
        return numbered(image) + "." + (extension == null ? found : extension);
    }

    /** All that they may be called. */
    List<String> possible() {
        return IntStream.range(0, images)
                .mapToObj(this::numbered)
                .flatMap(name -> (extension == null ? USUAL : List.of(extension))
                        .stream().map(end -> name + "." + end))
                .toList();
    }

    private String numbered(int image) {
        return images == 1 && image == 0 ? stem : stem + "-" + (image + 1);
    }
}
