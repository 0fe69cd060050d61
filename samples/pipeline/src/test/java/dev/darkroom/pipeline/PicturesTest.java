package dev.darkroom.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {

    @Test
    void nothingIsBegunOnceTheFolderIsGivenBack(@TempDir Path out) throws Exception {
        try (var folder = RunFolder.take(out)) {
            var pictures = new Pictures(folder);
            pictures.publish(0, List.of()).block(Lab.PATIENCE);
            pictures.close();
            assertThatThrownBy(() -> pictures.publish(0, List.of()).block(Lab.PATIENCE))
                    .hasMessageContaining("the pipeline is closed");
        }
    }
}
