package dev.darkroom.pipeline;

import dev.darkroom.image.ImageRequest;

/** Which seed a prompt has that names none; the same in every run, so that a picture can be made again. */
public sealed interface SeedPolicy {

    /** {@return what says {@code none}, {@code hash}, {@code fixed:N} or {@code count:N}} */
    static SeedPolicy of(String text) {
        var colon = text.indexOf(':');
        var word = colon < 0 ? text : text.substring(0, colon);
        try {
            return switch (word) {
                case "none" -> new None();
                case "hash" -> new Hash();
                case "fixed" -> new Fixed(Long.parseLong(text.substring(colon + 1)));
                case "count" -> new Count(colon < 0 ? 1 : Long.parseLong(text.substring(colon + 1)));
                default -> throw new NumberFormatException();
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is none of none, hash, fixed:N, count:N", e);
        }
    }

    /** With a seed, unless it has one. */
    default ImageRequest on(ImageRequest request, int index, int fingerprint) {
        return request;
    }

    /** The gateway's own. */
    record None() implements SeedPolicy {}

    /** One that depends on the prompt and its fields alone. */
    record Hash() implements SeedPolicy {
        @Override
        public ImageRequest on(ImageRequest request, int index, int fingerprint) {
            return request.seed().isPresent() ? request : request.seed(fingerprint & 0x7fffffffL);
        }
    }

    /**
     * The same for all.
     *
     * @param seed of each
     */
    record Fixed(long seed) implements SeedPolicy {
        @Override
        public ImageRequest on(ImageRequest request, int index, int fingerprint) {
            return request.seed().isPresent() ? request : request.seed(seed);
        }
    }

    /**
     * One more for each prompt.
     *
     * @param first of the first prompt
     */
    record Count(long first) implements SeedPolicy {
        @Override
        public ImageRequest on(ImageRequest request, int index, int fingerprint) {
            return request.seed().isPresent() ? request : request.seed(first + index);
        }
    }
}
