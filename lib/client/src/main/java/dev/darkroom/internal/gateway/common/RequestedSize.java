package dev.darkroom.internal.gateway.common;

import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of size, sorted: exact pixels, a shape, a tier. A size that is a tier counts as one.
 *
 * @param pixels exact; null if none are asked for
 * @param shape a ratio other than {@code auto}; null if none is asked for
 * @param tier how large; null if it is not said
 */
public record RequestedSize(
        @Nullable Size pixels,
        @Nullable AspectRatio shape,
        @Nullable Resolution tier) {

    public static RequestedSize of(ImageRequest request) {
        var size = request.size();
        var ratio = request.aspectRatio();
        var shape = AspectRatio.AUTO.equals(ratio) ? null : ratio;
        if (size == null) {
            return new RequestedSize(null, shape, request.resolution());
        }
        return size.isPixels()
                ? new RequestedSize(size, shape, request.resolution())
                : new RequestedSize(null, shape, Resolution.of(size.value()));
    }
}
