package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWritingTest {

    private static final byte[] PICTURE = new byte[1 << 20];

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void before() throws IOException {
        file = Files.writeString(folder.resolve("a.png"), "before");
    }

    @Test
    void anInterruptOfWhoCancelsClosesNoFileInItsHands() throws IOException {
        Thread.currentThread().interrupt();
        FileWriting.replace(file, List.of(ByteBuffer.wrap(PICTURE)), () -> false);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasBinaryContent(PICTURE);
        assertThat(folder.toFile().list()).containsExactly("a.png");
    }

    @Test
    void whatNobodyWantsAnyMoreIsLeftInItsMiddleAndTheFileAsItWas() throws IOException {
        var content = ByteBuffer.wrap(PICTURE);
        var asked = new AtomicInteger();
        FileWriting.replace(file, List.of(content), () -> asked.incrementAndGet() > 3);
        assertThat(content.position()).isBetween(1, PICTURE.length - 1);
        assertThat(file).hasContent("before");
        assertThat(folder.toFile().list()).containsExactly("a.png");
    }
}
