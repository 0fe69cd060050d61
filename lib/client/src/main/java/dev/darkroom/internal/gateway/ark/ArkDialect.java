package dev.darkroom.internal.gateway.ark;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.Ark;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.Answers;
import dev.darkroom.internal.gateway.common.SummaryEvents;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * Seedream at Volcengine Ark, and at BytePlus ModelArk under its own address: {@code POST /images/generations}, always JSON,
 * references included. Answered by Server-Sent Events where a stream is asked for, and by one document otherwise.
 *
 * <ul>
 *   <li>It has no previews. A streamed image of a group comes when it is finished, as
 *       {@link dev.darkroom.image.ImageEvent.ImageReady}; one that failed, as
 *       {@link dev.darkroom.image.ImageEvent.ImageFailed}, and the others go on.
 *   <li>It makes one image, or with {@link Ark#SEQUENTIAL_IMAGES} a group of at most 15, references counted in;
 *       it has no n. References are at most 14.
 *   <li>A size is pixels or a tier ({@code 1K}, {@code 2K}, {@code 4K}). An aspect ratio becomes pixels, with the resolution
 *       or else 2K: from 921,600 to 16,777,216 in all, no wider than 16:1.
 *   <li>Images come by URL, which lives 24 hours, unless {@link dev.darkroom.image.ResponseFormat#BASE64} is asked for. They
 *       are watermarked unless {@link Ark#WATERMARK} is false.
 *   <li>Its limits count images: {@link #cost(ImageRequest)} is the size of the group.
 *   <li>What it has begun it finishes and bills, also when the caller has gone: nothing but its own refusal is ever sent
 *       again.
 *   <li>The model seedream-5.0-pro streams nothing and makes no groups; the first is not asked of it, the second refused.
 * </ul>
 *
 * @see <a href="https://www.volcengine.com/docs/82379/1541523">Ark image generation</a>
 * @see <a href="https://docs.byteplus.com/en/docs/ModelArk/1541523">ModelArk image generation</a>
 */
public final class ArkDialect implements Dialect {

    private static final Answers ANSWERS = Answers.of(Ark.NAME, "x-request-id", new ArkFailures());

    /** Volcengine Ark in Beijing, pay as you go. */
    public static final URI VOLCENGINE = URI.create("https://ark.cn-beijing.volces.com/api/v3");

    /** BytePlus ModelArk in Southeast Asia. */
    public static final URI BYTEPLUS = URI.create("https://ark.ap-southeast.bytepluses.com/api/v3");

    private final URI baseUrl;

    /** The dialect at {@link #VOLCENGINE}. */
    public ArkDialect() {
        this(VOLCENGINE);
    }

    /**
     * The dialect at another address.
     *
     * @param baseUrl {@link #BYTEPLUS}, for example
     */
    public ArkDialect(URI baseUrl) {
        this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
    }

    @Override
    public String name() {
        return Ark.NAME;
    }

    @Override
    public URI baseUrl() {
        return baseUrl;
    }

    @Override
    public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return ArkRequest.unsupported(request);
    }

    @Override
    public int cost(ImageRequest request) {
        return Math.max(1, request.get(Ark.SEQUENTIAL_IMAGES).orElse(1));
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        return new ArkRequest(request, Ark.NAME).call();
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
