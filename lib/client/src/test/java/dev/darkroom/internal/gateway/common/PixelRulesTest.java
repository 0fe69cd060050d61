package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.Size;
import dev.darkroom.testsupport.Seeds;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelRulesTest {

    private static final PixelRules WIDE = new PixelRules(16, 1, 4096L * 4096, 16384, 16);
    private static final PixelRules NARROW = new PixelRules(16, 655_360, 3840L * 2160, 3840, 3);

    /** The 2K column is the table of sizes which Seedream's documentation recommends. */
    @ParameterizedTest
    @CsvSource({
        "1:1,  2K, 2048x2048",
        "4:3,  2K, 2304x1728",
        "3:4,  2K, 1728x2304",
        "16:9, 2K, 2560x1440",
        "9:16, 2K, 1440x2560",
        "3:2,  2K, 2496x1664",
        "2:3,  2K, 1664x2496",
        "21:9, 2K, 3024x1296",
        "1:1,  1K, 1024x1024",
        "16:9, 1K, 1280x720",
        "4:3,  1K, 1152x864",
        "3:2,  1K, 1248x832",
        "1:1,  4K, 4096x4096",
        "2.35:1, 2K, 3008x1280",
        "19.5:9, 1K, 1456x672",
        "1:1, 512, 512x512",
        "1:1, 1.5K, 1536x1536"
    })
    void aRatioAndATierBecomeTheSizeOfTheirTable(String ratio, String tier, String size) {
        assertThat(WIDE.size(AspectRatio.of(ratio), Resolution.of(tier))).hasToString(size);
    }

    @Test
    void theLimitsOfTheGatewayAreKept() {
        assertThat(NARROW.size(AspectRatio.LANDSCAPE_16_9, Resolution.K4)).hasToString("3840x2160");
        assertThat(NARROW.takes(Size.pixels(3840, 2160))).isTrue();
        assertThat(NARROW.takes(Size.pixels(3856, 2000))).as("too long").isFalse();
        assertThat(NARROW.takes(Size.pixels(1000, 1000))).as("no multiples").isFalse();
        assertThat(NARROW.takes(Size.pixels(3200, 800))).as("too wide").isFalse();
        assertThat(NARROW.takes(Size.pixels(512, 512))).as("too few").isFalse();
        assertThat(NARROW.takes(Size.pixels(3072, 3072))).as("too many").isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1:1, 4K", "1:1, 512", "16:9, huge", "auto, 2K", "0:1, 2K", "1:8, 4K"})
    void whatWouldBeAnotherSizeThanAskedForIsNone(String ratio, String tier) {
        assertThat(NARROW.size(AspectRatio.of(ratio), Resolution.of(tier))).isNull();
    }

    @Test
    void whateverComesOutIsWhatWasAskedForAndWithinTheLimits() {
        var sizes = new AtomicInteger();
        Seeds.tries(500, seed -> {
            var random = new Random(seed);
            var ratio = AspectRatio.of(upTo(2000, random) + ":" + upTo(2000, random));
            var resolution = Resolution.of(Integer.toString(upTo(6000, random)));
            Stream.of(WIDE, NARROW).forEach(rules -> {
                var size = rules.size(ratio, resolution);
                if (size != null) {
                    sizes.incrementAndGet();
                    assertThat(rules.takes(size)).isTrue();
                    assertThat(SizeRules.contradicts(size, ratio)).isFalse();
                    assertThat(SizeRules.contradicts(size, resolution)).isFalse();
                }
            });
        });
        assertThat(sizes).as("sizes that came out").hasValueGreaterThan(100);
    }

    /** Every length of a number as likely as the next, so that the edges are tried too. */
    private static int upTo(int most, Random random) {
        return 1 + random.nextInt(Math.max(1, most >> random.nextInt(12)));
    }
}
