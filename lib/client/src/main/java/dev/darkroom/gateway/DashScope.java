package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;

/**
 * What DashScope, Alibaba Cloud's Model Studio, knows beside what every gateway takes: Qwen-Image and Wan. Its images come by URLs
 * that live a day. Its regions have keys and addresses of their own; {@code baseUrl(DashScope.SINGAPORE)} is the second.
 */
public final class DashScope {

    /** Its name in the list of gateways. */
    public static final String NAME = "dashscope";

    /** The base URL of the region Singapore; that of the dialect is Beijing's. */
    public static final String SINGAPORE = "https://dashscope-intl.aliyuncs.com/api/v1";

    /**
     * Whether it answers with a task, which the client asks for until it is done: a lost connection is no unknown outcome then. Models
     * that know nothing else (Wan up to 2.5) are always asked so; others answer with the picture unless told.
     */
    public static final ImageOption<Boolean> ASYNC =
            ImageOption.flag("async", "Whether it answers with a task that is asked for until it is done.");

    /** What is not to be seen. */
    public static final ImageOption<String> NEGATIVE_PROMPT =
            ImageOption.text("negative_prompt", "What is not to be seen in the image.");

    /** Whether a language model may rewrite the prompt before it is painted. It does unless told not to. */
    public static final ImageOption<Boolean> PROMPT_EXTEND =
            ImageOption.flag("prompt_extend", "Whether the prompt is rewritten before it is painted.");

    /** Whether the model thinks before it paints, for better pictures that take longer; Wan from 2.7 on. */
    public static final ImageOption<Boolean> THINKING_MODE =
            ImageOption.flag("thinking_mode", "Whether the model thinks before it paints.");

    /** Whether to mark the image visibly as made by a machine. It does not unless told to. */
    public static final ImageOption<Boolean> WATERMARK = SharedOptions.WATERMARK;

    private DashScope() {}
}
