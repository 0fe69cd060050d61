package dev.darkroom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.Gateways;
import dev.darkroom.gateway.Ark;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.gateway.ProviderRouting;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An option is a name, a type, and text that is read and written. */
class ImageOptionTest {

    private static final ImageRequest PLAIN = ImageRequest.of("author/model", "a lighthouse");
    private static final ImageOption<Integer> STAMP = ImageOption.integer("postcard.stamp", "In cents.");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n | 3",
                "size | 1536x1024",
                "aspect_ratio | 16:9",
                "resolution | 2K",
                "quality | xhigh",
                "output_format | avif",
                "output_compression | 80",
                "background | opaque",
                "seed | -9223372036854775808",
                "references | https://example.com/a.png?x=1,2",
                "references | asset://ta_1",
                "references | pictures/a picture, of a cat.png",
                "references | data:image/png;base64,QUJD",
                "mask | mask.png",
                "stream | true",
                "partial_images | 2",
                "user | u-1",
                "watermark | false",
                "sequential_images | 15",
                "optimize_prompt | fast",
                "response_format | b64_json",
                "session_id | s-1",
                "complexity | high",
                "frame_count | 16",
                "svg_effort | max",
                "markup | markup.png",
                "guidance_scale | 2.5",
                "tools | web_search,another",
                "trace | {\"trace_id\":\"t\",\"deep\":{\"n\":null,\"list\":[1,true]}}",
                "provider | {\"only\":[\"a\"],\"order\":[\"b\"],\"ignore\":[\"c\"],\"allow_fallbacks\":false,\"sort\":\"price\"}",
                "provider | {\"options\":{\"bfl\":{\"steps\":30}}}",
                "provider | {}"
            })
    void whatIsWrittenIsReadAsAnEqualValueByEveryOptionThereIs(String name, String text) {
        var option = known().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        var request = PLAIN.withText(option, text);
        assertThat(request.text(option)).hasValue(text);
        assertThat(PLAIN.withText(option, request.text(option).orElseThrow())).isEqualTo(request);
        assertThat(request.options()).containsExactly(option);
    }

    private static Set<ImageOption<?>> known() {
        var known = new LinkedHashSet<ImageOption<?>>(ImageOption.common());
        Gateways.all().forEach(provider -> known.addAll(provider.options()));
        return known;
    }

    @Test
    void everyKnownOptionHasANameOfItsOwnASentenceAndItsWordsWhereTheyAreClosed() {
        assertThat(known()).hasSizeGreaterThan(30);
        assertThat(known().stream().map(ImageOption::name)).doesNotHaveDuplicates();
        assertThat(known())
                .allSatisfy(option -> assertThat(option.description()).hasSizeBetween(10, 90));
        assertThat(Ark.WATERMARK.words()).containsExactly("true", "false");
        assertThat(ImageOption.QUALITY.words()).isEmpty();
    }

    @Test
    void severalReferencesStandOneALine() {
        var two = List.of(
                ImageReference.file(Path.of("a.png")), ImageReference.url(URI.create("https://example.com/b.png")));
        var request = PLAIN.references(two);
        assertThat(request.text(ImageOption.REFERENCES)).hasValue("a.png\nhttps://example.com/b.png");
        assertThat(PLAIN.withText(ImageOption.REFERENCES, "a.png\n\n https://example.com/b.png\n"))
                .isEqualTo(request);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        PLAIN.references(ImageReference.bytes(new byte[3])).text(ImageOption.REFERENCES))
                .withMessageContaining("no text");
    }

    @Test
    void aRoutingByWordsIsTheOneByWithers() {
        var text = "{\"only\":[\"a\",\"b\"],\"sort\":{\"by\":\"price\",\"partition\":\"none\"}}";
        assertThat(PLAIN.withText(OpenRouter.ROUTING, text))
                .isEqualTo(PLAIN.with(
                        OpenRouter.ROUTING, ProviderRouting.any().only("a", "b").sort("price", "none")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai",
                "[]",
                "{\"onyl\":[\"a\"]}",
                "{\"only\":\"a\"}",
                "{\"only\":[1]}",
                "{\"order\":[null]}",
                "{\"allow_fallbacks\":\"no\"}",
                "{\"sort\":1}",
                "{\"sort\":{\"by\":[]}}",
                "{\"options\":[]}",
                "{\"options\":{\"bfl\":30}}"
            })
    void aRoutingThatCannotBeMeantIsRefusedByName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.withText(OpenRouter.ROUTING, text))
                .withMessageStartingWith("provider: ");
    }

    @Test
    void whatIsNoValueIsRefusedWithTheNameAndWhatWouldBeRight() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.withText(ImageOption.N, "many"))
                .withMessage("n: it must be a whole number, not 'many'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.withText(ImageOption.SEED, "1.5"))
                .withMessageStartingWith("seed: it must be a whole number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.withText(Ark.WATERMARK, "no"))
                .withMessage("watermark: it must be one of true, false, not 'no'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.withText(ImageOption.QUALITY, " "))
                .withMessage("quality: quality must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLAIN.withText(ImageOption.oneOf("paper", "What on.", "card", "foil"), "silk"))
                .withMessage("paper: it must be one of card, foil, not 'silk'");
    }

    @Test
    void aStrangersOptionIsSetReadAndTakenOutLikeOurs() {
        var stamped = PLAIN.with(STAMP, 85);
        assertThat(stamped.get(STAMP)).hasValue(85);
        assertThat(stamped.text(STAMP)).hasValue("85");
        assertThat(stamped).isEqualTo(PLAIN.withText(STAMP, "85")).isNotEqualTo(PLAIN.with(STAMP, 86));
        assertThat(stamped.without(STAMP)).isEqualTo(PLAIN);
        assertThat(stamped).asString().contains("postcard.stamp").doesNotContain("85");
        assertThat(PLAIN.get(STAMP)).isEmpty();
    }

    @Test
    void twoAreOneIfNameAndTypeAreAndAValueIsNeverOfAnotherType() {
        var again = ImageOption.integer("postcard.stamp", "The same, loaded twice.");
        var other = ImageOption.text("postcard.stamp", "Somebody else's.");
        assertThat(again).isEqualTo(STAMP).hasSameHashCodeAs(STAMP).isNotEqualTo(other);
        var both = PLAIN.with(STAMP, 85).with(other, "blue");
        assertThat(both.get(again)).hasValue(85);
        assertThat(both.get(other)).hasValue("blue");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // on purpose
    void whatIsSmuggledPastTheCompilerIsFoundWhenItIsSet() {
        assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> PLAIN.with((ImageOption) STAMP, "85"));
    }

    @Test
    void orderDoesNotMakeARequestAnother() {
        assertThat(PLAIN.n(2).seed(7)).isEqualTo(PLAIN.seed(7).n(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Stamp", "1st", "a b", "a=b", "a:b", "ä"})
    void aNameIsOneThatACommandLineAndAPropertyCanHave(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> ImageOption.text(name, "x"));
    }

    @Test
    void whatAnOptionHoldsNobodyChangesFromOutside() {
        var tags = new java.util.ArrayList<>(List.of("a"));
        var request = PLAIN.with(OpenRouter.TRACE, Map.of("tags", tags));
        tags.add("b");
        assertThat(request.text(OpenRouter.TRACE)).hasValue("{\"tags\":[\"a\"]}");
    }
}
