package dev.darkroom.internal.gateway.token360;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Lookup;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.dialect.Storage;
import dev.darkroom.gateway.Token360;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.Answers;
import dev.darkroom.internal.gateway.common.CompletedEvents;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * token360: {@code POST /images/generations}, JSON, answered by one document. Many vendors' models behind one API, each of which
 * takes other options; those whose page we know are held to it, any other model is sent what is asked for.
 *
 * <table>
 * <caption>Options of the models</caption>
 * <tr><th>model</th><th>options, beside references</th></tr>
 * <tr><td>Kling Image O1</td><td>n, size</td></tr>
 * <tr><td>Seedream 4.5 and 4.0</td><td>seed, watermark, response_format, sequential_images</td></tr>
 * <tr><td>Dola-Seedream-5.0-lite</td><td>seed, watermark</td></tr>
 * <tr><td>Nano Banana Pro</td><td>aspect_ratio, quality</td></tr>
 * <tr><td>GLM-Image</td><td>none</td></tr>
 * </table>
 *
 * <ul>
 *   <li>It does not stream: the end comes alone.
 *   <li>A group has no field for how many: {@link Token360#SEQUENTIAL_IMAGES} must be 15, which is what it makes at most.
 *   <li>References go out as {@code reference_images}, the one name its pages have for them; images which it holds as
 *       {@code asset://} ids. Its load balancer takes bodies of about a megabyte, so a larger one is refused before it is
 *       sent.
 *   <li>{@link #nativeParams()} sends the vendor's own fields.
 * </ul>
 *
 * @see <a href="https://www.token360.ai/en-US/docs/api-reference/images">token360 image generation</a>
 * @see <a href="https://www.token360.ai/en-US/docs/native-params-passthrough">token360, native parameters</a>
 */
public final class Token360Dialect implements Dialect {

    private static final Answers ANSWERS = Answers.of(Token360.NAME, "x-request-id", new Token360Failures());

    private static final URI BASE_URL = URI.create("https://api.token360.ai/v1");

    private final boolean nativeParams;

    /** The dialect in token360's own words. */
    public Token360Dialect() {
        this(false);
    }

    private Token360Dialect(boolean nativeParams) {
        this.nativeParams = nativeParams;
    }

    /**
     * The dialect in which token360 hands on what the vendor understands ({@code Token360-Native-Params}). A request has model and
     * prompt, and everything else as {@link ImageRequest#extra(String, Object)}, in the vendor's own words; options are refused,
     * because nobody knows what the vendor calls them.
     *
     * @return another dialect
     */
    public Token360Dialect nativeParams() {
        return new Token360Dialect(true);
    }

    @Override
    public String name() {
        return Token360.NAME;
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return Token360Request.unsupported(request, nativeParams);
    }

    @Override
    public int cost(ImageRequest request) {
        return Math.max(1, request.n().orElse(1));
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        return new Token360Request(request, Token360.NAME, nativeParams).call();
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        return ANSWERS.reading(reply, new CompletedEvents(request.n().orElse(1)));
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        return ANSWERS.failure(reply, body);
    }

    @Override
    public Optional<Storage> storage() {
        return Optional.of(new Token360Storage(Token360.NAME));
    }

    @Override
    public Optional<Lookup> lookup() {
        return Optional.of(new Token360Lookup(new Token360Storage(Token360.NAME)));
    }
}
