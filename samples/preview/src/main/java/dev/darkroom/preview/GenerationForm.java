package dev.darkroom.preview;

import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Background;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.image.Quality;
import dev.darkroom.image.Resolution;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the form. Fields left alone are null, and the gateway decides.
 *
 * @param prompt what to generate, 1 to 4,000 characters
 * @param model which model
 * @param stream whether previews are wanted; they are unless it says no
 */
record GenerationForm(
        @Nullable String prompt,
        @Nullable String model,
        @Nullable Boolean stream,
        @Nullable Integer n,
        @Nullable String aspectRatio,
        @Nullable String resolution,
        @Nullable String quality,
        @Nullable String background,
        @Nullable String outputFormat,
        @Nullable Long seed) {

    private static final int LONGEST_PROMPT = 4_000;

    /**
     * The request it stands for.
     *
     * @throws IllegalArgumentException for what no gateway would take, in words for the person at the form
     */
    ImageRequest request(List<Path> references) {
        var request = ImageRequest.of(chosen(model), painted(prompt)).stream(!Boolean.FALSE.equals(stream));
        request = with(request, n, ImageRequest::n);
        request = with(request, open(aspectRatio, AspectRatio::of), ImageRequest::aspectRatio);
        request = with(request, open(resolution, Resolution::of), ImageRequest::resolution);
        request = with(request, open(quality, Quality::of), ImageRequest::quality);
        request = with(request, open(background, Background::of), ImageRequest::background);
        request = with(request, open(outputFormat, OutputFormat::of), ImageRequest::outputFormat);
        request = with(request, seed, ImageRequest::seed);
        return references.isEmpty()
                ? request
                : request.references(
                        references.stream().map(ImageReference::file).toList());
    }

    private static String painted(@Nullable String prompt) {
        var text = prompt == null ? "" : prompt.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("Say what to paint: the prompt is empty.");
        }
        if (text.length() > LONGEST_PROMPT) {
            throw new IllegalArgumentException("The prompt has " + text.length() + " characters; " + LONGEST_PROMPT
                    + " is the most that this page takes.");
        }
        return text;
    }

    private static String chosen(@Nullable String model) {
        if (model == null || model.isBlank()) {
            throw new IllegalArgumentException("Choose a model.");
        }
        return model;
    }

    private static <T> @Nullable T open(@Nullable String value, Function<String, T> type) {
        return value == null || value.isBlank() ? null : type.apply(value);
    }

    private static <T> ImageRequest with(
            ImageRequest request, @Nullable T value, BiFunction<ImageRequest, T, ImageRequest> wither) {
        return value == null ? request : wither.apply(request, value);
    }
}
