package dev.darkroom.springai;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.image.ImageMessage;
import org.springframework.ai.image.ImageOptions;
import org.springframework.ai.image.ImagePrompt;

/**
 * What a prompt asks for, as a request. What Spring AI can say and no gateway takes is a warning in the response where the picture is
 * still the one asked for, and refused, before anything is sent, where it would be another.
 *
 * @param request the model's options, then the prompt's, then its messages
 * @param style as asked for, for observations
 * @param responseFormat as asked for
 * @param warnings what cannot be sent, each a sentence
 */
record PromptedRequest(
        ImageRequest request,
        @Nullable String style,
        @Nullable String responseFormat,
        List<String> warnings) {

    static PromptedRequest of(ImagePrompt prompt, DarkroomImageOptions defaults) {
        var warnings = new ArrayList<String>();
        var options = prompt.getOptions();
        var base = defaults.applyTo(ImageRequest.of("", text(prompt.getInstructions(), warnings)));
        var request = withReferences(options == null ? base : with(options, base), prompt.getInstructions());
        var style = options == null ? null : options.getStyle();
        if (style != null && !style.isBlank()) {
            warnings.add("style was not sent, no gateway takes one: write it into the prompt");
        }
        return new PromptedRequest(
                request, style, options == null ? null : options.getResponseFormat(), List.copyOf(warnings));
    }

    PromptedRequest with(UnaryOperator<ImageRequest> change) {
        return new PromptedRequest(change.apply(request), style, responseFormat, warnings);
    }

    /** What observations see. */
    ImageOptions seen() {
        return new SeenOptions(DarkroomImageOptions.of(r -> request), style, responseFormat);
    }

    private static String text(List<ImageMessage> messages, List<String> warnings) {
        for (var message : messages) {
            var weight = message.getWeight();
            if (weight != null && !(weight > 0)) {
                throw Refusal.of("a message of weight " + weight
                        + " is one of what not to paint, and no gateway takes one: write it into the prompt");
            }
            if (weight != null && weight != 1 && warnings.isEmpty()) {
                warnings.add("weights were not sent, no gateway takes them: all messages count the same");
            }
        }
        return messages.stream()
                .map(ImageMessage::getText)
                .filter(text -> text != null && !text.isBlank())
                .collect(Collectors.joining("\n"));
    }

    private static ImageRequest with(ImageOptions options, ImageRequest base) {
        if (options instanceof DarkroomImageOptions ours) {
            return ours.applyTo(base);
        }
        var request = base;
        if (options.getModel() != null && !options.getModel().isBlank()) {
            request = request.model(options.getModel());
        }
        if (options.getN() != null) {
            request = request.n(options.getN());
        }
        if (options.getWidth() == null && options.getHeight() == null) {
            return request;
        }
        return request.size(size(options.getWidth(), options.getHeight()));
    }

    private static Size size(@Nullable Integer width, @Nullable Integer height) {
        if (width == null || height == null) {
            throw Refusal.of(
                    "a size has a width and a height, and this one has only a " + (width == null ? "height" : "width"));
        }
        try {
            return Size.pixels(width, height);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(String.valueOf(e.getMessage()));
        }
    }

    private static ImageRequest withReferences(ImageRequest request, List<ImageMessage> messages) {
        var media = messages.stream()
                .flatMap(message -> message.getMedia().stream())
                .map(MediaReferences::of)
                .toList();
        return media.isEmpty()
                ? request
                : request.references(Stream.concat(media.stream(), request.references().stream())
                        .toList());
    }
}
