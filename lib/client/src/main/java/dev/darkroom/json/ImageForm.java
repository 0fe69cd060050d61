package dev.darkroom.json;

import dev.darkroom.image.GeneratedImage;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a picture stands in JSON: {@link #BASE64}, {@link #OMITTED} or under a {@link #url(Function) URL} of yours. Its number,
 * media type and size stand there whatever the form.
 */
public final class ImageForm {

    /** The bytes, as a member {@code base64}; and the gateway's URL, where it gave one. */
    public static final ImageForm BASE64 = new ImageForm(true, null);

    /** Without the bytes, with the gateway's URL, where it gave one. */
    public static final ImageForm OMITTED = new ImageForm(false, null);

    private final boolean bytes;
    private final @Nullable Function<? super GeneratedImage, ? extends @Nullable URI> urls;

    private ImageForm(boolean bytes, @Nullable Function<? super GeneratedImage, ? extends @Nullable URI> urls) {
        this.bytes = bytes;
        this.urls = urls;
    }

    /**
     * A URL in place of the bytes: one of your own, under which you serve the picture.
     *
     * @param urls from a picture, a preview too, to its URL. Asked once whenever a picture is written, on the thread that writes,
     *     so it must not block. Where it gives null, the picture is written as {@link #BASE64} does
     * @return the form
     */
    public static ImageForm url(Function<? super GeneratedImage, ? extends @Nullable URI> urls) {
        return new ImageForm(true, urls);
    }

    /** The URL to write in place of the bytes; null if there is none. */
    @Nullable
    URI insteadOf(GeneratedImage image) {
        return urls == null ? null : urls.apply(image);
    }

    /** Whether a picture without a URL in its place is written with its bytes. */
    boolean hasBytes() {
        return bytes;
    }
}
