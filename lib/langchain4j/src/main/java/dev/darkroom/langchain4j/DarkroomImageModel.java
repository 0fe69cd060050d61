package dev.darkroom.langchain4j;

import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.Response;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import reactor.core.scheduler.Schedulers;

/**
 * LangChain4j's image model over a client of ours, or whatever else is an {@link ImageGenerator}.
 *
 * <pre>{@code
 * ImageModel model = DarkroomImageModel.builder(images)
 *         .modelName("openai/gpt-image-1-mini")
 *         .options(r -> r.size(Size.pixels(1024, 1024)).quality(Quality.LOW))
 *         .build();
 * }</pre>
 *
 * <p>Immutable and thread-safe. Each call is one request of the client, which waits out rate limits by its own rules and sends
 * nothing twice that may have been accepted. Calls block their thread until the image is there; on a thread that must not
 * block they fail before anything is sent. Interrupting the thread ends the request.
 *
 * <p><b>Errors</b> are LangChain4j's, with the {@link dev.darkroom.image.ImageException} as the cause. Only those after which
 * nothing was made are {@link dev.langchain4j.exception.RetriableException}s: {@code RateLimitException} when the wait would
 * have been too long, and one for a gateway that took nothing. All others are {@link NonRetriableException}s, so that no
 * {@code RetryUtils} around this model pays for a picture twice.
 */
public final class DarkroomImageModel implements ImageModel {

    private final ImageGenerator images;
    private final String modelName;
    private final UnaryOperator<ImageRequest> options;

    private DarkroomImageModel(Builder builder) {
        this.images = builder.images;
        this.modelName = builder.modelName;
        this.options = builder.options;
    }

    /**
     * A model to be set up.
     *
     * @param images usually an {@code ImageClient}, which stays yours to close
     * @return its builder
     */
    public static Builder builder(ImageGenerator images) {
        return new Builder(images);
    }

    /**
     * Makes one image, whatever number the options have.
     *
     * @param prompt what to paint
     * @return the image; usage, and in its metadata what {@link ResponseMetadata} lists
     */
    @Override
    public Response<Image> generate(String prompt) {
        return one(() -> request(prompt));
    }

    /**
     * Makes several images in one request.
     *
     * @param prompt what to paint
     * @param n how many, 1 or more
     * @return those that were made, at least one; the metadata says what became of the others
     */
    @Override
    public Response<List<Image>> generate(String prompt, int n) {
        return response(() -> n == 1 ? request(prompt) : request(prompt).n(n), Images::all);
    }

    /**
     * Changes an image.
     *
     * @param image by its base64, or by a {@code data:}, http or https URL
     * @param prompt what to change
     * @return the new image
     */
    @Override
    public Response<Image> edit(Image image, String prompt) {
        return one(() -> edited(image, prompt));
    }

    /**
     * Changes a part of an image.
     *
     * @param image as in {@link #edit(Image, String)}
     * @param mask an image of the same size, transparent where something new may be painted
     * @param prompt what to change
     * @return the new image
     */
    @Override
    public Response<Image> edit(Image image, Image mask, String prompt) {
        return one(() -> edited(image, prompt).mask(Images.reference(mask)));
    }

    private ImageRequest request(String prompt) {
        return options.apply(ImageRequest.of(modelName, prompt)).without(ImageOption.N);
    }

    /** References of the options stand behind the image to be changed, which a mask is for. */
    private ImageRequest edited(Image image, String prompt) {
        var request = request(prompt);
        return request.references(Stream.concat(Stream.of(Images.reference(image)), request.references().stream())
                .toList());
    }

    private Response<Image> one(Request request) {
        return response(request, result -> Images.of(result.images().get(0)));
    }

    private <T> Response<T> response(Request request, Function<ImageResult, T> content) {
        if (Schedulers.isInNonBlockingThread()) {
            throw new NonRetriableException("an ImageModel blocks, and thread '"
                    + Thread.currentThread().getName()
                    + "' must not: call it on Schedulers.boundedElastic(), or use ImageClient.generate");
        }
        try {
            var result = Answer.of(images.generate(request.make()));
            return Response.from(
                    content.apply(result),
                    ResponseMetadata.tokens(result.usage()),
                    ResponseMetadata.finish(result),
                    ResponseMetadata.of(result));
        } catch (RuntimeException failure) {
            throw Failures.toLangChain4j(failure);
        }
    }

    /** Made where its faults are mapped like any other. */
    private interface Request {
        ImageRequest make();
    }

    /** Names the options, but none of their values. */
    @Override
    public String toString() {
        return "DarkroomImageModel[model=" + modelName + ", generator=" + images + "]";
    }

    /** Sets up a {@link DarkroomImageModel}. */
    public static final class Builder {

        private final ImageGenerator images;
        private String modelName = "";
        private UnaryOperator<ImageRequest> options = UnaryOperator.identity();

        private Builder(ImageGenerator images) {
            this.images = Objects.requireNonNull(images, "images");
        }

        /**
         * Which model.
         *
         * @param modelName the gateway's id of it; without it the client must know one, as a client of the Spring Boot starter does
         * @return this
         */
        public Builder modelName(String modelName) {
            this.modelName = Objects.requireNonNull(modelName, "modelName");
            return this;
        }

        /**
         * What every request has besides its prompt. Called for each request; a second one adds to the first.
         *
         * @param more from a request to one with options: {@code r -> r.quality(Quality.HIGH).with(OpenRouter.ROUTING, routing)}
         * @return this
         */
        public Builder options(UnaryOperator<ImageRequest> more) {
            var before = options;
            Objects.requireNonNull(more, "more");
            options = request -> more.apply(before.apply(request));
            return this;
        }

        /** {@return the model} */
        public DarkroomImageModel build() {
            return new DarkroomImageModel(this);
        }
    }
}
