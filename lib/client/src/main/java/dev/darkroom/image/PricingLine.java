package dev.darkroom.image;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One line of a price list: so much for each unit of something.
 *
 * @param billable what is billed: {@code output_image}, {@code input_image}, {@code input_text}, …; catalogues add more
 * @param unit in what it is counted: {@code image}, {@code megapixel}, {@code token}, {@code request}, …
 * @param costUsd US dollars for one unit; null if the catalogue gives no number
 * @param variant for which variant of the model it holds; null for all
 */
public record PricingLine(
        String billable,
        String unit,
        @Nullable BigDecimal costUsd,
        @Nullable String variant) {}
