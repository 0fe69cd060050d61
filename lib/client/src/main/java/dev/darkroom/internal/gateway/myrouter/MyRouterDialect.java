package dev.darkroom.internal.gateway.myrouter;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.MyRouter;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.Answers;
import dev.darkroom.internal.gateway.common.SummaryEvents;
import java.net.URI;
import java.util.Map;

/**
 * Seedream at myrouter: {@code POST /seedream-4.5} and {@code POST /seedream-4.0}, JSON, answered by one document. The path is
 * the model.
 *
 * <ul>
 *   <li>It does not stream: the end comes alone.
 *   <li>It makes one image, or with {@link MyRouter#SEQUENTIAL_IMAGES} a group of at most 15, references counted in; it
 *       has neither n nor seed.
 *   <li>References are at most 14 (PNG, JPEG, WebP, GIF, BMP, TIFF), of 4.0 at most 10 (PNG, JPEG); by URL or as bytes.
 *   <li>A size is a tier ({@code 2K}, {@code 4K}; of 4.0 also {@code 1K}) or pixels: 3,686,400 to 16,777,216 in all (4.0: from
 *       921,600), no wider than 16:1. An aspect ratio becomes pixels, with the resolution or else 2K.
 *   <li>Images come by URL, and are watermarked unless {@link MyRouter#WATERMARK} is false.
 *   <li>Its limits count images: {@link #cost(ImageRequest)} is the size of the group.
 *   <li>Errors lie flat in the body and are called by a {@code reason}; trouble with money or with the key comes as 400 or 403.
 * </ul>
 *
 * @see <a href="https://docs.myrouter.ai/docs/models/reference-seedream-4.5">myrouter, Seedream 4.5</a>
 * @see <a href="https://docs.myrouter.ai/docs/models/reference-seedream-4.0">myrouter, Seedream 4.0</a>
 */
public final class MyRouterDialect implements Dialect {

    private static final Answers ANSWERS = Answers.of(MyRouter.NAME, "x-request-id", new MyRouterFailures());

    private static final URI BASE_URL = URI.create("https://api.myrouter.ai/v3");

    /** The dialect. It has no settings. */
    public MyRouterDialect() {}

    @Override
    public String name() {
        return MyRouter.NAME;
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return MyRouterRequest.unsupported(request);
    }

    @Override
    public int cost(ImageRequest request) {
        return Math.max(1, request.get(MyRouter.SEQUENTIAL_IMAGES).orElse(1));
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        return new MyRouterRequest(request, MyRouter.NAME).call();
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        return ANSWERS.reading(reply, new SummaryEvents());
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        return ANSWERS.failure(reply, body);
    }
}
