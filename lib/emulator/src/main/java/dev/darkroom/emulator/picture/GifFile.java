package dev.darkroom.emulator.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes moving pictures, through {@code javax.imageio}; in memory. Blocks. */
final class GifFile {

    private static final byte[] FOR_EVER = {1, 0, 0};

    private GifFile() {}

    /** The picture, shifted from frame to frame until it is where it began. */
    static byte[] of(Canvas canvas, Animation animation) {
        var bytes = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < animation.frames(); i++) {
                var image = frame(canvas, i * canvas.width() / animation.frames());
                writer.writeToSequence(new IIOImage(image, null, metadata(writer, image, animation, i)), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: the stream is an array
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage frame(Canvas canvas, int shift) {
        var image = new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_BYTE_INDEXED);
        for (int y = 0; y < canvas.height(); y++) {
            for (int x = 0; x < canvas.width(); x++) {
                image.setRGB(x, y, canvas.at((x + shift) % canvas.width(), y));
            }
        }
        return image;
    }

    private static IIOMetadata metadata(ImageWriter writer, BufferedImage image, Animation animation, int frame)
            throws IIOInvalidTreeException {
        var metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        var format = metadata.getNativeMetadataFormatName();
        var root = new IIOMetadataNode(format);
        var control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("delayTime", Integer.toString(animation.millis() / 10));
        control.setAttribute("transparentColorIndex", "0");
        root.appendChild(control);
        if (frame == 0) {
            var loop = new IIOMetadataNode("ApplicationExtension");
            loop.setAttribute("applicationID", "NETSCAPE");
            loop.setAttribute("authenticationCode", "2.0");
            loop.setUserObject(FOR_EVER.clone());
            var extensions = new IIOMetadataNode("ApplicationExtensions");
            extensions.appendChild(loop);
            root.appendChild(extensions);
        }
        metadata.mergeTree(format, root);
        return metadata;
    }
}
