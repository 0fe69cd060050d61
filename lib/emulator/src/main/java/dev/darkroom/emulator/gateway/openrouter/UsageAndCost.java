package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.openrouter.Model.Price;
import java.math.BigDecimal;
import java.math.MathContext;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens and cost.
 *
 * <p>OpenAI's models count tokens by quality and charge 100 more for each preview, as recorded; the others count one
 * token for each 256 pixels. Prices by image, megapixel (of 1024 x 1024 pixels) or request are all booked on the
 * output, as recorded.
 *
 * @param promptTokens of text and references
 * @param completionTokens of images
 * @param promptCost in dollars
 * @param completionCost in dollars
 */
record UsageAndCost(long promptTokens, long completionTokens, BigDecimal promptCost, BigDecimal completionCost) {

    private static final long PIXELS_PER_TOKEN = 256;
    private static final BigDecimal MEGAPIXEL = BigDecimal.valueOf(1024 * 1024);
    private static final int CHARS_PER_TOKEN = 4;
    private static final int TOKENS_PER_PARTIAL = 100;

    static UsageAndCost of(ImageRequest request, int images, int partials) {
        long text = images * Math.max(1L, (request.prompt().length() + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN);
        long referencePixels = images * RequestRules.pixels(request.references());
        long reference = referencePixels / PIXELS_PER_TOKEN;
        long made = images * imageTokens(request) + (long) partials * TOKENS_PER_PARTIAL;
        var prompt = BigDecimal.ZERO;
        var completion = BigDecimal.ZERO;
        for (var price : request.model().prices()) {
            if (price.unit().equals("token")) {
                prompt = prompt.add(times(price, "input_text", text)).add(times(price, "input_image", reference));
                completion = completion.add(times(price, "output_image", made));
            } else {
                completion = completion.add(price.dollars().multiply(amount(price, request, images, referencePixels)));
            }
        }
        return new UsageAndCost(text + reference, made, prompt, completion);
    }

    BigDecimal cost() {
        return promptCost.add(completionCost);
    }

    ObjectNode json() {
        var json = Json.object()
                .put("prompt_tokens", promptTokens)
                .put("completion_tokens", completionTokens)
                .put("total_tokens", promptTokens + completionTokens);
        json.putRawValue("cost", Dollars.of(cost()));
        json.put("is_byok", false).putObject("prompt_tokens_details").put("cached_tokens", 0);
        var details = json.putObject("cost_details");
        details.putRawValue("upstream_inference_cost", Dollars.of(cost()));
        details.putRawValue("upstream_inference_prompt_cost", Dollars.of(promptCost));
        details.putRawValue("upstream_inference_completions_cost", Dollars.of(completionCost));
        json.putObject("completion_tokens_details").put("reasoning_tokens", 0).put("image_tokens", completionTokens);
        return json;
    }

    private static long imageTokens(ImageRequest request) {
        long area = request.size().area();
        if (!request.model().tokensByQuality()) {
            return area / PIXELS_PER_TOKEN;
        }
        long square = switch (request.quality()) {
            case "low" -> 272;
            case "high", "xhigh", "max" -> 4160;
            default -> 1056;
        };
        return Math.max(1, square * area / (1024 * 1024));
    }

    private static BigDecimal times(Price price, String billable, long tokens) {
        return price.billable().equals(billable)
                ? price.dollars().multiply(BigDecimal.valueOf(tokens))
                : BigDecimal.ZERO;
    }

    private static BigDecimal amount(Price price, ImageRequest request, int images, long referencePixels) {
        boolean output = price.billable().equals("output_image");
        return switch (price.unit()) {
            case "image" ->
                BigDecimal.valueOf(output ? images : request.references().size());
            case "megapixel" ->
                BigDecimal.valueOf(output ? images * request.size().area() : referencePixels)
                        .divide(MEGAPIXEL, new MathContext(4));
            default -> BigDecimal.ONE;
        };
    }
}
