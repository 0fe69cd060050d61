package dev.darkroom.image;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a generation says while it runs. A successful one says any number of {@link Progress} and then exactly one
 * {@link Completed}, last. A gateway that streams has every final image announced by an {@link ImageReady} of its own, the
 * last one too; one that answers with a document has nothing but its {@code Completed}.
 *
 * <p>Sealed in two steps: code which tells {@code Completed} from {@code Progress} is complete today, and stays so when
 * a new kind of progress appears.
 */
public sealed interface ImageEvent {

    /**
     * A completed event with these images and nothing else; for fakes and tests.
     *
     * @param images the final images, in the order of their index
     * @return the event
     */
    static Completed completed(GeneratedImage... images) {
        return new Completed(ImageResult.of(List.of(images)));
    }

    /**
     * A completed event with one image for each array of encoded bytes; for fakes and tests.
     *
     * @param images encoded images (PNG, JPEG, …), the first becomes image 0
     * @return the event
     */
    static Completed completed(byte[]... images) {
        return new Completed(ImageResult.of(IntStream.range(0, images.length)
                .mapToObj(index -> GeneratedImage.of(index, images[index]))
                .toList()));
    }

    /** Something on the way: never the last event of a successful generation. */
    sealed interface Progress extends ImageEvent {}

    /**
     * A preview, which later previews and the final image replace.
     *
     * @param imageIndex which image of the request it previews, from 0
     * @param partialIndex which preview of that image it is, from 0; gateways may skip numbers
     * @param image the preview; its {@link GeneratedImage#index()} equals {@code imageIndex}
     */
    record Partial(int imageIndex, int partialIndex, GeneratedImage image) implements Progress {}

    /**
     * A piece of text, in order: of an image which is written as text (SVG markup), or of what a model says beside its images.
     *
     * @param phase what the text is; {@code content} is the markup of an image, {@code message} what is said beside one, other
     *     known phases are {@code reasoning} and {@code draft}; gateways may add more
     * @param text the next characters
     */
    record TextChunk(String phase, String text) implements Progress {

        /** The phase whose chunks, joined, are the markup of the image. */
        public static final String CONTENT = "content";

        /** The phase of what a model that answers in words and pictures says in words; no part of an image. */
        public static final String MESSAGE = "message";

        /** The phase of what a model thinks before it answers, where it tells. */
        public static final String REASONING = "reasoning";

        @Override
        public String toString() {
            return "TextChunk[phase=" + phase + ", " + text.length() + " chars]";
        }
    }

    /**
     * One image is final; more may come. In a stream every final image is told so exactly once, the last and the only one
     * too. It is also part of the result.
     *
     * @param image the final image
     */
    record ImageReady(GeneratedImage image) implements Progress {}

    /**
     * One image of several is not coming. It is also part of the result.
     *
     * @param failure which image, and why
     */
    record ImageFailed(ImageFailure failure) implements Progress {}

    /**
     * The end of a successful generation.
     *
     * @param result every final image, every failure of a single image, and what it cost
     */
    record Completed(ImageResult result) implements ImageEvent {}
}
