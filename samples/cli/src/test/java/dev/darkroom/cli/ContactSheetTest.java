package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.GeneratedImage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ContactSheetTest {

    @Test
    void aPictureFillsTheAreaAndKeepsItsShape() {
        var sheet = new ContactSheet(1);
        sheet.add(Pictures.png(0, 300, 200, 0x336699));
        var pixels = sheet.paint(119, 68);
        assertThat(pixels.getWidth()).isEqualTo(102);
        assertThat(pixels.getHeight()).isEqualTo(68);
        assertThat(pixels.getRGB(50, 34)).isEqualTo(0xff336699);
    }

    @Test
    void aSmallPictureIsNotBlownUp() {
        var sheet = new ContactSheet(1);
        sheet.add(Pictures.png(0, 8, 4, 0));
        assertThat(sheet.paint(80, 40).getWidth()).isEqualTo(8);
    }

    @Test
    void severalPicturesStandSideBySideWhereTheyAreLargest() {
        var sheet = new ContactSheet(3);
        sheet.add(Pictures.png(0, 100, 100, 0xff0000));
        sheet.add(Pictures.png(2, 100, 100, 0x0000ff));
        var pixels = sheet.paint(94, 30);
        assertThat(pixels.getWidth()).isEqualTo(94);
        assertThat(pixels.getHeight()).isEqualTo(30);
        assertThat(pixels.getRGB(15, 15)).isEqualTo(0xffff0000);
        assertThat(pixels.getRGB(47, 15)).as("the one which has not come yet").isZero();
        assertThat(pixels.getRGB(80, 15)).isEqualTo(0xff0000ff);
    }

    @Test
    void theNewestPictureOfAnImageReplacesTheOneBefore() {
        var sheet = new ContactSheet(1);
        sheet.add(Pictures.png(0, 4, 4, 0xff0000));
        sheet.add(Pictures.png(0, 4, 4, 0x00ff00));
        assertThat(sheet.paint(4, 4).getRGB(1, 1)).isEqualTo(0xff00ff00);
    }

    @Test
    void whatNoReaderKnowsIsNotDrawn() {
        var sheet = new ContactSheet(1);
        assertThat(sheet.add(GeneratedImage.of(0, "<svg/>".getBytes(StandardCharsets.UTF_8))))
                .isFalse();
        assertThat(sheet.isEmpty()).isTrue();
    }
}
