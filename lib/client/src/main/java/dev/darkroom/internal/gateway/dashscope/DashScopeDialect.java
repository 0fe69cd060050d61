package dev.darkroom.internal.gateway.dashscope;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Begun;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.DashScope;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.Answers;
import dev.darkroom.internal.gateway.common.ErrorRules;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * DashScope, for Qwen-Image and Wan. Answered by one document, either with the images, or with a task that is asked for.
 *
 * <table>
 * <caption>Which way a model is asked</caption>
 * <tr><th>model</th><th>call</th></tr>
 * <tr><td>most</td><td>{@code POST /services/aigc/multimodal-generation/generation}; with {@link DashScope#ASYNC} as a task</td></tr>
 * <tr><td>Wan from 2.6 on, {@link DashScope#ASYNC}</td><td>{@code POST /services/aigc/image-generation/generation}</td></tr>
 * <tr><td>Wan up to 2.5, Qwen-Image's first ones with {@link DashScope#ASYNC}</td>
 *     <td>{@code POST /services/aigc/text2image/image-synthesis}, with references {@code image2image}, as a task</td></tr>
 * </table>
 *
 * <ul>
 *   <li>A task is {@code GET /tasks/ID}, for a day: {@code PENDING}, {@code RUNNING}, {@code SUCCEEDED}, {@code FAILED},
 *       {@code CANCELED}, {@code UNKNOWN}. {@code POST /tasks/ID/cancel} ends one that is pending.
 *   <li>Nothing is streamed; images come by URLs that live a day. Only those that were made are billed.
 *   <li>n is 1 unless asked for, though some models make four by themselves.
 *   <li>A size is {@code WIDTH*HEIGHT}, or a tier where the model knows them. What else a model knows is
 *       {@link ImageRequest#extra(String, Object)}, and goes among its parameters.
 * </ul>
 *
 * @see <a href="https://help.aliyun.com/zh/model-studio/qwen-image-api">Qwen-Image API</a>
 * @see <a href="https://help.aliyun.com/zh/model-studio/text-to-image-v2-api-reference">Wan API</a>
 */
public final class DashScopeDialect implements Dialect {

    private static final ErrorRules WORDS = new DashScopeFailures();
    private static final Answers ANSWERS = Answers.of(DashScope.NAME, "x-request-id", WORDS);
    private static final URI BASE_URL = URI.create("https://dashscope.aliyuncs.com/api/v1");

    /** The dialect. It has no settings. */
    public DashScopeDialect() {}

    @Override
    public String name() {
        return DashScope.NAME;
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return DashScopeRequest.unsupported(request);
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        return new DashScopeRequest(request).call();
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        return new DashScopeReading(ANSWERS, reply);
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        return ANSWERS.failure(reply, body);
    }

    @Override
    public Optional<Begun> begun() {
        return Optional.of(id -> DashScopeReading.task(ANSWERS, id));
    }
}
