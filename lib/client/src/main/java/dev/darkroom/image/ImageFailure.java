package dev.darkroom.image;

import org.jspecify.annotations.Nullable;

/**
 * Why one image of a request is missing, while its siblings may be fine.
 *
 * @param index which image of the request, from 0
 * @param code the gateway's word for it, or ours where we gave up; null if none was given
 * @param providerMessage the gateway's own sentence, which may quote the prompt; null if none was given
 */
public record ImageFailure(
        int index, @Nullable String code, @Nullable String providerMessage) {

    /** The code of an image which was larger than the client's limit and was not kept. */
    public static final String TOO_LARGE = "image_too_large";

    /** The code of an image which the gateway counts as made, but of which it sent nothing that can be read. */
    public static final String UNDECODABLE = "undecodable_image";

    @Override
    public String toString() {
        return "ImageFailure[index=" + index + ", code=" + code + "]";
    }
}
