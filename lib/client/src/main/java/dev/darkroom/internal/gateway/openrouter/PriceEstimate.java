package dev.darkroom.internal.gateway.openrouter;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.PricingLine;
import dev.darkroom.internal.gateway.common.RequestedSize;
import dev.darkroom.internal.gateway.common.SizeRules;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a request will cost by one price list, as far as can be counted before it is made: images, references, requests, and
 * megapixels where the size is known. Of several variants of one thing it is not known which will be billed, so they make a
 * range.
 */
final class PriceEstimate {

    private static final BigDecimal MEGAPIXEL = BigDecimal.valueOf(1_000_000);

    private final ImageRequest request;
    private final Map<String, List<BigDecimal>> counted = new LinkedHashMap<>();
    private final List<PricingLine> uncounted = new ArrayList<>();

    PriceEstimate(ImageRequest request, List<PricingLine> prices) {
        this.request = request;
        for (PricingLine line : prices) {
            var units = units(line);
            if (units == null || line.costUsd() == null) {
                uncounted.add(line);
            } else {
                counted.computeIfAbsent(line.billable() + "/" + line.unit(), key -> new ArrayList<>())
                        .add(units.multiply(line.costUsd()));
            }
        }
    }

    /** In US dollars; null if nothing can be counted. */
    @Nullable
    BigDecimal least() {
        return sum(costs -> costs.stream().reduce(BigDecimal::min).orElse(BigDecimal.ZERO));
    }

    /** In US dollars; null if nothing can be counted. */
    @Nullable
    BigDecimal most() {
        return sum(costs -> costs.stream().reduce(BigDecimal::max).orElse(BigDecimal.ZERO));
    }

    List<PricingLine> uncounted() {
        return uncounted;
    }

    private @Nullable BigDecimal sum(Function<List<BigDecimal>, BigDecimal> choice) {
        return counted.values().stream().map(choice).reduce(BigDecimal::add).orElse(null);
    }

    /** How many units of a line the request will be billed; null if that turns out later. */
    private @Nullable BigDecimal units(PricingLine line) {
        var images = BigDecimal.valueOf(request.n().orElse(1));
        var references = BigDecimal.valueOf(request.references().size());
        return switch (line.billable() + "/" + line.unit()) {
            case "output_image/image" -> images;
            case "output_image/megapixel" -> {
                var pixels = pixels();
                yield pixels == null ? null : images.multiply(pixels).divide(MEGAPIXEL);
            }
            case "input_image/image", "input_reference/image" -> references;
            default -> {
                var nothingSent =
                        line.billable().equals("input_image") || line.billable().equals("input_reference");
                yield nothingSent && request.references().isEmpty()
                        ? BigDecimal.ZERO
                        : line.unit().equals("request") ? BigDecimal.ONE : null;
            }
        };
    }

    private @Nullable BigDecimal pixels() {
        var wish = RequestedSize.of(request);
        var size = wish.pixels();
        if (size != null) {
            return BigDecimal.valueOf((long) size.width() * size.height());
        }
        var side = wish.tier() == null ? null : SizeRules.pixels(wish.tier());
        return side == null ? null : BigDecimal.valueOf(side).pow(2);
    }
}
