package dev.darkroom.springai;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.image.ImageOptions;

/** All options of a request in Spring AI's words, with those that are not sent, for observations. */
record SeenOptions(
        DarkroomImageOptions sent,
        @Nullable String style,
        @Nullable String responseFormat) implements ImageOptions {

    @Override
    public @Nullable Integer getN() {
        return sent.getN();
    }

    @Override
    public @Nullable String getModel() {
        return sent.getModel();
    }

    @Override
    public @Nullable Integer getWidth() {
        return sent.getWidth();
    }

    @Override
    public @Nullable Integer getHeight() {
        return sent.getHeight();
    }

    @Override
    public @Nullable String getResponseFormat() {
        return responseFormat == null ? sent.getResponseFormat() : responseFormat;
    }

    @Override
    public @Nullable String getStyle() {
        return style;
    }
}
