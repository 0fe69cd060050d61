package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfBlocksTest {

    private static final int RED = 0xffff0000;
    private static final int BLUE = 0xff0000ff;
    private static final int NONE = 0;

    @Test
    void aCharacterShowsTwoPixelsOneAboveTheOther() {
        assertThat(HalfBlocks.lines(Pictures.of(1, RED, BLUE)))
                .containsExactly("\u001b[38;2;255;0;0m\u001b[48;2;0;0;255m▀\u001b[0m");
    }

    @Test
    void equalNeighboursShareTheirColours() {
        assertThat(HalfBlocks.lines(Pictures.of(3, RED, RED, RED, BLUE, BLUE, BLUE)))
                .containsExactly("\u001b[38;2;255;0;0m\u001b[48;2;0;0;255m▀▀▀\u001b[0m");
    }

    @Test
    void whatIsTransparentShowsTheTerminal() {
        assertThat(HalfBlocks.lines(Pictures.of(4, RED, NONE, NONE, 0x40ff0000, BLUE, BLUE, NONE, NONE)))
                .containsExactly("\u001b[38;2;255;0;0m\u001b[48;2;0;0;255m▀\u001b[0m\u001b[38;2;0;0;255m▄\u001b[0m  ");
    }

    @Test
    void anOddRowIsHalfALine() {
        assertThat(HalfBlocks.lines(Pictures.of(1, RED, BLUE, RED)))
                .containsExactly(
                        "\u001b[38;2;255;0;0m\u001b[48;2;0;0;255m▀\u001b[0m", "\u001b[38;2;255;0;0m▀\u001b[0m");
    }
}
