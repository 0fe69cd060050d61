package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.picture.Animation;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.picture.Retouch;
import dev.darkroom.emulator.server.Call;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures to make for a call.
 *
 * @param call whose fault may spoil it, and whose images are counted
 * @param prompt what they shall show
 * @param seed of the first; the others count on
 * @param size as asked for
 * @param references pictures to follow
 * @param format of the files
 * @param compression the encoder's quality for jpeg and webp, 0 to 100; higher is better and larger
 * @param transparent whether the background is left out
 * @param retouch an image of which only some places are painted anew, null for whole pictures
 * @param animation how it moves, null for a picture which does not
 * @param images their numbers, in the order in which they are finished
 */
public record RenderJob(
        Call call,
        String prompt,
        long seed,
        Dimensions size,
        List<Reference> references,
        Format format,
        int compression,
        boolean transparent,
        @Nullable Retouch retouch,
        @Nullable Animation animation,
        List<Integer> images) {

    private static final int DEFAULT_COMPRESSION = 92;

    /**
     * Opaque pictures of the usual quality, finished in the order of their numbers; none if the call's fault says so.
     *
     * @param call whose fault may spoil it, and whose images are counted
     * @param prompt what they shall show
     * @param seed of the first; the others count on
     * @param size as asked for
     * @param references pictures to follow
     * @param format of the files
     * @param images how many
     * @return a job
     */
    public static RenderJob of(
            Call call,
            String prompt,
            long seed,
            Dimensions size,
            List<Reference> references,
            Format format,
            int images) {
        int count = call.fault().is(Fault.NO_IMAGES) ? 0 : images;
        var numbers = IntStream.range(0, count).boxed().toList();
        return new RenderJob(
                call, prompt, seed, size, references, format, DEFAULT_COMPRESSION, false, null, null, numbers);
    }

    /**
     * Whether it is streamed.
     *
     * @param asked whether the request asks for it
     * @param able whether the model can
     * @return as asked for, unless the call's fault wants it otherwise
     */
    public boolean streams(boolean asked, boolean able) {
        return switch (call.fault().fault()) {
            case STREAM_FOR_JSON -> able;
            case JSON_FOR_STREAM, NO_IMAGES -> false;
            default -> asked && able;
        };
    }

    /**
     * The same in other files.
     *
     * @param quality the encoder's, for jpeg and webp, 0 to 100
     * @param clear whether the background is left out
     * @return a copy
     */
    public RenderJob encoded(int quality, boolean clear) {
        return new RenderJob(call, prompt, seed, size, references, format, quality, clear, retouch, animation, images);
    }

    /**
     * The same, of which only some places are painted anew.
     *
     * @param image the image and its mask, null for whole pictures
     * @return a copy
     */
    public RenderJob retouching(@Nullable Retouch image) {
        return new RenderJob(
                call, prompt, seed, size, references, format, compression, transparent, image, animation, images);
    }

    /**
     * The same, moving.
     *
     * @param movement its frames, null for pictures which do not move
     * @return a copy
     */
    public RenderJob animated(@Nullable Animation movement) {
        return new RenderJob(
                call, prompt, seed, size, references, format, compression, transparent, retouch, movement, images);
    }

    /**
     * The same, with the last image finished first: so it comes out of order, and always the same.
     *
     * @return a copy
     */
    public RenderJob lastFirst() {
        int count = images.size();
        var order = IntStream.range(0, count)
                .map(i -> (i + count - 1) % count)
                .boxed()
                .toList();
        return new RenderJob(
                call, prompt, seed, size, references, format, compression, transparent, retouch, animation, order);
    }
}
