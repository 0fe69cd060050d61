package dev.darkroom.cli;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a generation are called: {@code a-lighthouse-at-dawn.png} and
 * {@code a-lighthouse-at-dawn.preview-1.png}; of several images {@code a-lighthouse-at-dawn.2.png}. Counted from 1, for
 * people. ASCII only, because the file systems of some locales take nothing else.
 *
 * @param stem from the prompt
 * @param images how many images were asked for
 */
record FileNames(String stem, int images) {

    private static final int LONGEST_STEM = 48;
    private static final Map<String, String> EXTENSIONS = Map.of(
            "image/png", "png",
            "image/jpeg", "jpg",
            "image/webp", "webp",
            "image/gif", "gif",
            "image/avif", "avif",
            "image/bmp", "bmp",
            "image/tiff", "tiff",
            "image/svg+xml", "svg");

    static FileNames of(String prompt, int images) {
        var words = Normalizer.normalize(prompt, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+|['’]", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return new FileNames(words.isEmpty() ? "image" : shortened(words), images);
    }

    /** At the end of a word, if there is one. */
    private static String shortened(String words) {
        if (words.length() <= LONGEST_STEM) {
            return words;
        }
        var end = words.lastIndexOf('-', LONGEST_STEM);
        return words.substring(0, end > 0 ? end : LONGEST_STEM);
    }

    /** The stem of this run: the first has none but the words, later ones a number. */
    String stem(int run) {
        return run == 1 ? stem : stem + "-" + run;
    }

    /** What follows the stem of a preview. */
    String preview(int image, int partial, @Nullable String mediaType) {
        return number(image) + ".preview-" + (partial + 1) + "." + extension(mediaType);
    }

    /** What follows the stem of a final image. */
    String image(int image, @Nullable String mediaType) {
        return number(image) + "." + extension(mediaType);
    }

    private String number(int image) {
        return images > 1 || image > 0 ? "." + (image + 1) : "";
    }

    private static String extension(@Nullable String mediaType) {
        return mediaType == null ? "bin" : EXTENSIONS.getOrDefault(mediaType, "bin");
    }
}
