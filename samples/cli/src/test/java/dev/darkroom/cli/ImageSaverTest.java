package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.PartialResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSaverTest {

    private static final GeneratedImage RED = Pictures.png(0, 2, 2, 0xff0000);
    private static final GeneratedImage BLUE = Pictures.png(0, 2, 2, 0x0000ff);

    @TempDir
    private Path folder;

    @Test
    void everyPreviewAndTheFinalImageAreKept() throws IOException {
        var saver = ImageSaver.in(folder.resolve("new/folder"), "dawn", 1);
        keep(saver, new ImageEvent.Partial(0, 0, RED));
        keep(saver, new ImageEvent.Partial(0, 1, BLUE));
        keep(saver, ImageEvent.completed(RED));
        assertThat(names(folder.resolve("new/folder")))
                .containsExactly("dawn.png", "dawn.preview-1.png", "dawn.preview-2.png");
        assertThat(folder.resolve("new/folder/dawn.preview-2.png")).hasBinaryContent(BLUE.toByteArray());
    }

    @Test
    void aSecondRunNumbersAllItsFilesAndTouchesNothing() throws IOException {
        Files.writeString(folder.resolve("dawn.preview-7.png"), "mine");
        keep(ImageSaver.in(folder, "dawn", 1), ImageEvent.completed(RED));
        var third = ImageSaver.in(folder, "dawn", 1);
        keep(third, new ImageEvent.Partial(0, 0, RED));
        keep(third, ImageEvent.completed(BLUE));
        assertThat(names(folder))
                .containsExactly("dawn-2.png", "dawn-3.png", "dawn-3.preview-1.png", "dawn.preview-7.png");
        assertThat(folder.resolve("dawn.preview-7.png")).hasContent("mine");
    }

    @Test
    void twoRunsAtTheSameTimeDoNotLoseAPicture() throws IOException {
        var one = ImageSaver.in(folder, "dawn", 1);
        var other = ImageSaver.in(folder, "dawn", 1);
        keep(one, ImageEvent.completed(RED));
        keep(other, ImageEvent.completed(BLUE));
        assertThat(folder.resolve("dawn.png")).hasBinaryContent(RED.toByteArray());
        assertThat(folder.resolve("dawn-2.png")).hasBinaryContent(BLUE.toByteArray());
    }

    @Test
    void anImageWhichComesTwiceIsWrittenOnce() throws IOException {
        var saver = ImageSaver.in(folder, "dawn", 2);
        var ready = keep(saver, new ImageEvent.ImageReady(RED));
        var completed = keep(saver, ImageEvent.completed(RED));
        assertThat(completed.savedImages()).isEqualTo(ready.savedImages());
        assertThat(names(folder)).containsExactly("dawn.1.png");
    }

    @Test
    void anImageThatCouldNotBeFetchedHasNoFileAndSaysWhy() throws IOException {
        var image = GeneratedImage.at(0, "image/png", URI.create("https://example.com/a.png"))
                .withDownloadFailure(new IllegalStateException("example.com answered 404"));
        var savedImage = keep(ImageSaver.in(folder, "dawn", 1), ImageEvent.completed(image))
                .savedImages()
                .get(0);
        assertThat(savedImage.file()).isNull();
        assertThat(savedImage.isMissing()).isTrue();
        assertThat(savedImage.fault())
                .isEqualTo("image 1 was made, but could not be fetched: example.com answered 404");
    }

    @Test
    void aFinalImageIsRescuedFromAFolderThatIsGone() throws IOException {
        var saver = ImageSaver.in(folder.resolve("gone"), "dawn", 1);
        Files.delete(folder.resolve("gone"));
        var savedEvent = keep(saver, ImageEvent.completed(RED));
        var file = Objects.requireNonNull(savedEvent.savedImages().get(0).file());
        assertThat(file).hasBinaryContent(RED.toByteArray());
        assertThat(savedEvent.notes())
                .singleElement()
                .asString()
                .contains("image 1 is written to " + file, "there is no such folder");
        Files.delete(file);
    }

    @Test
    void aPreviewThatCannotBeWrittenIsOnlyMentioned() throws IOException {
        var saver = ImageSaver.in(folder.resolve("gone"), "dawn", 1);
        Files.delete(folder.resolve("gone"));
        var savedEvent = keep(saver, new ImageEvent.Partial(0, 0, RED));
        assertThat(savedEvent.savedImages())
                .singleElement()
                .extracting(SavedImage::file)
                .isNull();
        assertThat(savedEvent.notes()).containsExactly("a preview was not written: there is no such folder");
    }

    @Test
    void aFailedGenerationKeepsWhatWasFinished() throws IOException {
        var saver = ImageSaver.in(folder, "dawn", 2);
        keep(saver, new ImageEvent.ImageReady(RED));
        var partialResult = new PartialResult(null, List.of(RED, Pictures.png(1, 2, 2, 0x00ff00)));
        assertThat(Objects.requireNonNull(saver.keep(partialResult).block())).hasSize(1);
        assertThat(names(folder)).containsExactly("dawn.1.png", "dawn.2.png");
    }

    @Test
    void aFolderThatIsAFileIsRefusedBeforeAnythingIsSent() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "mine");
        assertThatThrownBy(() -> ImageSaver.in(file, "dawn", 1)).isInstanceOf(IOException.class);
    }

    private static SavedEvent keep(ImageSaver saver, ImageEvent event) {
        return Objects.requireNonNull(saver.keep(event).block());
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aResultWithoutImagesHasNothingToKeep() throws IOException {
        var nothing =
                new ImageEvent.Completed(new ImageResult(List.of(), List.of(), null, null, null, null, List.of()));
        assertThat(keep(ImageSaver.in(folder, "dawn", 1), nothing).savedImages())
                .isEmpty();
        assertThat(names(folder)).isEmpty();
    }
}
