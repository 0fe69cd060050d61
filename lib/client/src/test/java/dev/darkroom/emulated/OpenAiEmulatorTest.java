package dev.darkroom.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.RejectedException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenAiEmulatorTest extends ImagesApiContract {

    @Override
    protected String gateway() {
        return "openai";
    }

    /** There is no limit in the availability shape, and no budget in flight: wrong requests, says the emulator. */
    @Override
    protected Map<Ending, Set<Fault>> endings() {
        return Map.of(
                Ending.TRIED_AGAIN,
                EnumSet.of(Fault.RATE_LIMIT_UPSTREAM, Fault.RATE_LIMIT_EVENT),
                Ending.REJECTED,
                EnumSet.of(
                        Fault.IN_FLIGHT_BUDGET, Fault.RATE_LIMIT_AVAILABILITY, Fault.SPENT_QUOTA, Fault.IMAGE_FAILED),
                Ending.FAILED,
                EnumSet.of(Fault.PROVIDER_ERROR, Fault.ERROR_EVENT, Fault.IMAGES_STOPPED),
                Ending.UNKNOWN,
                EnumSet.of(Fault.REQUEST_TIMEOUT, Fault.EDGE_TIMEOUT, Fault.NO_TERMINAL, Fault.DONE_ONLY));
    }

    /** A mask is a PNG with an alpha channel, of the size of the first picture. */
    @Test
    void anEditWithAMaskIsAFormOfFilesAndJsonOtherwise(@TempDir Path folder) throws IOException {
        var picture = result(request()).first();
        var file = Files.write(folder.resolve("a secret name.png"), transparent(picture.toByteArray()));
        var first = ImageReference.bytes(picture.toByteArray());
        var form = request().references(first).mask(ImageReference.file(file));
        var json = request()
                .references(ImageReference.dataUrl(picture.toDataUrl()))
                .mask(ImageReference.file(file));
        for (ImageRequest edit : List.of(form, form.stream(true), json, json.stream(true))) {
            assertThat(result(edit).first().isLoaded()).isTrue();
        }
        assertThat(posts())
                .hasSize(5)
                .allSatisfy(entry -> assertThat(entry.toString()).doesNotContain("secret"));
        assertThat(posts().get(1).header("content-type").orElseThrow()).startsWith("multipart/form-data");
        assertThat(posts().get(3).header("content-type")).contains("application/json");
        var opaque = request().references(first).mask(first);
        assertThat(failure(client(), opaque))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REQUEST));
    }

    private static byte[] transparent(byte[] picture) throws IOException {
        var like = ImageIO.read(new ByteArrayInputStream(picture));
        var mask = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(like.getWidth(), like.getHeight(), BufferedImage.TYPE_INT_ARGB), "png", mask);
        return mask.toByteArray();
    }
}
