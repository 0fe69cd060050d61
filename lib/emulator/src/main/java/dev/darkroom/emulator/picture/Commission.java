package dev.darkroom.emulator.picture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to draw. Equal commissions give equal pixels, on every machine.
 *
 * @param prompt whose words choose the colours, the place and what stands in it
 * @param seed which chooses everything else
 * @param width in pixels, 16 or more
 * @param height in pixels, 16 or more
 * @param transparent whether the corners stay empty
 * @param references pictures whose colours and light are taken over
 * @param retouch an image of which only some places are painted anew, null for a whole picture
 */
public record Commission(
        String prompt,
        long seed,
        int width,
        int height,
        boolean transparent,
        List<Reference> references,
        @Nullable Retouch retouch) {

    /** Copies the references. */
    public Commission {
        references = List.copyOf(references);
    }

    /**
     * A whole picture.
     *
     * @param prompt whose words choose the colours, the place and what stands in it
     * @param seed which chooses everything else
     * @param width in pixels, 16 or more
     * @param height in pixels, 16 or more
     * @param transparent whether the corners stay empty
     * @param references pictures whose colours and light are taken over
     */
    public Commission(
            String prompt, long seed, int width, int height, boolean transparent, List<Reference> references) {
        this(prompt, seed, width, height, transparent, references, null);
    }

    /** What tells this commission's random choices from those of others. */
    long entropy() {
        long hash = 0xcbf29ce484222325L ^ seed;
        for (int i = 0; i < prompt.length(); i++) {
            hash = (hash ^ prompt.charAt(i)) * 0x100000001b3L;
        }
        for (var reference : references) {
            hash = (hash ^ reference.fingerprint()) * 0x100000001b3L;
        }
        return hash;
    }
}
