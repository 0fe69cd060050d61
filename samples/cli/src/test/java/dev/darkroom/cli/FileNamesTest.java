package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {

    @ParameterizedTest
    @CsvSource({
        "a lighthouse at dawn, a-lighthouse-at-dawn",
        "'  Dusk, over  the \"Bay\"!', dusk-over-the-bay",
        "Crème brûlée, creme-brulee",
        "it's ../../etc/passwd, its-etc-passwd",
        "夜明けの灯台, image",
        "con\u0000trol\u001b[31m, con-trol-31m"
    })
    void theStemIsThePromptInLettersThatEveryFileSystemTakes(String prompt, String stem) {
        assertThat(FileNames.of(prompt, 1).stem(1)).isEqualTo(stem);
    }

    @Test
    void aLongPromptIsCutAtTheEndOfAWord() {
        var names = FileNames.of("a very long prompt ".repeat(40), 1);
        assertThat(names.stem(1)).isEqualTo("a-very-long-prompt-a-very-long-prompt-a-very");
        assertThat(FileNames.of("x".repeat(300), 1).stem(1)).hasSize(48);
    }

    @Test
    void oneImageHasNoNumberAndSeveralCountFromOne() {
        assertThat(FileNames.of("dawn", 1).image(0, "png")).isEqualTo(".png");
        assertThat(FileNames.of("dawn", 3).image(0, "png")).isEqualTo(".1.png");
        assertThat(FileNames.of("dawn", 3).preview(1, 0, "webp")).isEqualTo(".2.preview-1.webp");
    }

    @Test
    void anImageNobodyAskedForStillGetsANameOfItsOwn() {
        assertThat(FileNames.of("dawn", 1).image(1, "jpg")).isEqualTo(".2.jpg");
    }
}
