package dev.darkroom.cli;

import java.text.Normalizer;
import java.util.Locale;

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
    String preview(int image, int partial, String extension) {
        return number(image) + ".preview-" + (partial + 1) + "." + extension;
    }

    /** What follows the stem of a final image. */
    String image(int image, String extension) {
        return number(image) + "." + extension;
    }

    private String number(int image) {
        return images > 1 || image > 0 ? "." + (image + 1) : "";
    }
}
