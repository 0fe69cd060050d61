package dev.darkroom.internal.gateway.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.SharedMaterial;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.gateway.ProviderRouting;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Background;
import dev.darkroom.image.Capability;
import dev.darkroom.image.Estimate;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ModelEndpoint;
import dev.darkroom.image.PricingLine;
import dev.darkroom.image.Quality;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.Size;
import dev.darkroom.internal.gateway.common.Payloads;
import dev.darkroom.testsupport.NeedsMaterial;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointEstimatesTest {

    private static final ImageRequest PLAIN = ImageRequest.of("a/b", "a lighthouse");
    private static final ImageReference LINK = ImageReference.url(URI.create("https://example.com/a.png"));
    private static final Map<String, Capability> MODEST = Map.of(
            "n", range(1, 4),
            "quality", new Capability.Values(List.of("auto", "low")),
            "size", new Capability.Supported(),
            "aspect_ratio", new Capability.Other("spectrum", Map.of()));

    private static Capability range(int min, int max) {
        return new Capability.Range(BigDecimal.valueOf(min), BigDecimal.valueOf(max));
    }

    private static ModelEndpoint endpoint(String tag, Map<String, Capability> takes, PricingLine... prices) {
        return new ModelEndpoint(tag, tag + "-slug", tag, takes, List.of(), tag.equals("streamer"), List.of(prices));
    }

    private static PricingLine price(String billable, String unit, String usd) {
        return new PricingLine(billable, unit, usd == null ? null : new BigDecimal(usd), null);
    }

    private static Estimate estimate(ImageRequest request, ModelEndpoint... endpoints) {
        return EndpointEstimates.of(request, List.of(endpoints));
    }

    @Test
    void whatTheModelDoesNotTakeIsSaidWithWhatItWouldTake() {
        var request =
                PLAIN.n(9).quality(Quality.HIGH).background(Background.OPAQUE).references(LINK);
        assertThat(estimate(request, endpoint("x", MODEST)).faults())
                .containsExactly(
                        "n must be 1 to 4, not 9",
                        "quality must be one of auto, low, not high",
                        "background is not listed among what it takes",
                        "references are not listed among what it takes");
    }

    @Test
    void whatFitsOrIsOfAnUnknownKindIsNoFault() {
        var request = PLAIN.n(4)
                .quality(Quality.LOW)
                .size(Size.pixels(64, 64))
                .aspectRatio(AspectRatio.SQUARE)
                .user("u");
        assertThat(estimate(request, endpoint("x", MODEST)).faults()).isEmpty();
        assertThat(estimate(PLAIN.seed(7), endpoint("silent", Map.of())).faults())
                .as("a model of which nothing is listed")
                .isEmpty();
    }

    @Test
    void aModelThatOnlyEditsNeedsAReference() {
        var editor = endpoint("editor", Map.of("input_references", range(1, 2)));
        assertThat(estimate(PLAIN, editor).faults()).containsExactly("the number of references must be 1 to 2, not 0");
        assertThat(estimate(PLAIN.references(LINK), editor).faults()).isEmpty();
        assertThat(estimate(PLAIN.references(LINK, LINK, LINK), editor).faults())
                .containsExactly("the number of references must be 1 to 2, not 3");
    }

    @Test
    void aRequestFitsIfItFitsSomewhereAndOnlyThoseWhoTakeItHaveAPrice() {
        var quote = estimate(
                PLAIN.seed(7),
                endpoint("cheap", MODEST, price("output_image", "image", "0.01")),
                endpoint(
                        "streamer", Map.of("seed", new Capability.Supported()), price("output_image", "image", "0.05")),
                endpoint("dear", Map.of("seed", new Capability.Supported()), price("output_image", "image", "0.09")));
        assertThat(quote.faults()).isEmpty();
        assertThat(quote.leastCost()).isEqualByComparingTo("0.05");
        assertThat(quote.mostCost()).isEqualByComparingTo("0.09");
        assertThat(quote.previews()).isTrue();
    }

    @Test
    void routingWishesChooseWhoCounts() {
        var cheap = endpoint("cheap", MODEST, price("output_image", "image", "0.01"));
        var dear = endpoint("dear", MODEST, price("output_image", "image", "0.09"));
        assertThat(estimate(PLAIN.with(OpenRouter.ROUTING, ProviderRouting.any().only("dear")), cheap, dear)
                        .leastCost())
                .isEqualByComparingTo("0.09");
        assertThat(estimate(PLAIN.with(OpenRouter.ROUTING, ProviderRouting.any().ignore("dear")), cheap, dear)
                        .mostCost())
                .isEqualByComparingTo("0.01");
        assertThat(estimate(PLAIN.with(OpenRouter.ROUTING, ProviderRouting.any().only("nobody")), cheap, dear)
                        .faults())
                .containsExactly("no provider that may be used serves it");
    }

    @Test
    void imagesReferencesRequestsAndMegapixelsAreCounted() {
        var prices = new PricingLine[] {
            price("output_image", "megapixel", "0.015"),
            price("input_image", "image", "0.001"),
            price("something", "request", "0.1")
        };
        var quote = estimate(
                PLAIN.n(2).size(Size.pixels(1000, 500)).references(LINK, LINK, LINK), endpoint("x", Map.of(), prices));
        assertThat(quote.leastCost()).isEqualByComparingTo("0.118");
        assertThat(quote.mostCost()).isEqualByComparingTo("0.118");
        assertThat(quote.uncounted()).isEmpty();
        assertThat(estimate(PLAIN.resolution(Resolution.K1), endpoint("x", Map.of(), prices[0]))
                        .leastCost())
                .isEqualByComparingTo("0.01572864");
    }

    @Test
    void whatOnlyTurnsOutLaterIsNamedAndNotCounted() {
        var token = price("output_image", "token", "0.00003");
        var unpriced = price("output_image", "image", null);
        var megapixel = price("output_image", "megapixel", "0.01");
        var quote = estimate(PLAIN, endpoint("x", Map.of(), token, unpriced, megapixel));
        assertThat(quote.leastCost()).as("nothing, rather than nought").isNull();
        assertThat(quote.uncounted()).containsExactly(token, unpriced, megapixel);
        assertThat(estimate(PLAIN, endpoint("x", Map.of(), price("input_image", "token", "1")))
                        .uncounted())
                .as("no reference, no tokens of it")
                .isEmpty();
    }

    @Test
    void variantsMakeARange() {
        var quote = estimate(
                PLAIN.n(2),
                endpoint(
                        "x",
                        Map.of(),
                        new PricingLine("output_image", "image", new BigDecimal("0.04"), "standard"),
                        new PricingLine("output_image", "image", new BigDecimal("0.08"), "hd")));
        assertThat(quote.leastCost()).isEqualByComparingTo("0.08");
        assertThat(quote.mostCost()).isEqualByComparingTo("0.16");
    }

    @Test
    void aProviderWhosePriceCannotBeCountedLeavesTheRangeOpen() {
        var quote = estimate(
                PLAIN,
                endpoint("x", Map.of(), price("output_image", "image", "0.04")),
                endpoint("y", Map.of(), price("output_image", "token", "0.00003")));
        assertThat(quote.leastCost()).isNull();
        assertThat(quote.mostCost()).isNull();
    }

    @Test
    @NeedsMaterial
    void theRecordedCatalogueMakesAQuote() {
        var text = new String(
                SharedMaterial.bytes(
                        "wire.fixtures", "openrouter-recorded/images-model-endpoints.openai-gpt-image-2.json"),
                StandardCharsets.UTF_8);
        var catalogue = new OpenRouterDialect().catalogue().orElseThrow();
        var endpoints = catalogue.endpoints(Payloads.document(text));
        var quote = catalogue.estimate(PLAIN.n(11).quality(Quality.XHIGH), endpoints);
        assertThat(quote.faults())
                .containsExactly(
                        "n must be 1 to 10, not 11", "quality must be one of auto, low, medium, high, not xhigh");
        assertThat(quote.previews()).isTrue();
        assertThat(quote.uncounted()).hasSize(2);
    }
}
