package dev.darkroom.springai;

import dev.darkroom.image.GeneratedImage;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.image.Image;

/**
 * An image of Spring AI's that still has its bytes: {@link #getB64Json()} makes a string of them when it is first asked for, and
 * {@link #image()} never does.
 */
public final class DarkroomImage extends Image {

    private final GeneratedImage image;

    DarkroomImage(GeneratedImage image) {
        super(image.url() == null ? null : image.url().toString(), null);
        this.image = image;
    }

    /**
     * The image as the client delivered it.
     *
     * @return its bytes, its media type, or why they are missing
     */
    public GeneratedImage image() {
        return image;
    }

    /**
     * The image as base64; about 4/3 of its size, and kept from then on.
     *
     * @return the text; null if only a URL is known
     */
    @Override
    public @Nullable String getB64Json() {
        var known = super.getB64Json();
        if (known == null && image.isLoaded()) {
            known = Base64.getEncoder().encodeToString(image.toByteArray());
            setB64Json(known);
        }
        return known;
    }

    /** Of another one with the same image; a plain {@link Image} compares strings that this one may not have made yet. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DarkroomImage that
                && image.equals(that.image)
                && Objects.equals(getUrl(), that.getUrl());
    }

    @Override
    public int hashCode() {
        return image.hashCode();
    }

    /** Says what it is, and shows neither the picture nor its URL. */
    @Override
    public String toString() {
        return "DarkroomImage[" + image + "]";
    }
}
