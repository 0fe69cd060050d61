package dev.darkroom.livepreview;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Pictures small enough to write down. */
final class Pictures {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    private Pictures() {}

    /** The first bytes of a PNG, and then a name. */
    static byte[] png(String name) {
        var text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(PNG.length + text.length).put(PNG).put(text).array();
    }

    static GeneratedImage image(int index, String name) {
        return GeneratedImage.of(index, png(name));
    }

    static ImageEvent preview(int number, String name) {
        return new ImageEvent.Partial(0, number, image(0, name));
    }
}
