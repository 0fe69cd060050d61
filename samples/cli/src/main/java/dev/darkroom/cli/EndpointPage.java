package dev.darkroom.cli;

import dev.darkroom.image.Capability;
import dev.darkroom.image.ModelEndpoint;
import dev.darkroom.image.PricingLine;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;

/** The endpoints of a model: a section for each endpoint, with what it takes and what it costs. */
final class EndpointPage {

    private static final BigDecimal TOKENS_OF_A_PRICE = BigDecimal.valueOf(1_000_000);

    private EndpointPage() {}

    static String of(String model, List<ModelEndpoint> endpoints) {
        if (endpoints.isEmpty()) {
            return HumanText.clean(model) + " is served by nobody at the moment\n";
        }
        return endpoints.stream().map(endpoint -> section(model, endpoint)).collect(Collectors.joining("\n"));
    }

    private static String section(String model, ModelEndpoint endpoint) {
        var title = HumanText.clean(model + " at " + endpoint.providerName() + " (" + endpoint.providerSlug() + ")");
        var previews = endpoint.supportsStreaming() ? "sends previews" : "sends no previews";
        var table = new Table("  TAKES", "");
        endpoint.supportedParameters().forEach((name, capability) -> table.row("  " + name, words(capability)));
        if (!endpoint.passthroughParameters().isEmpty()) {
            table.row("  its own", String.join(" ", endpoint.passthroughParameters()));
        }
        table.row("  COSTS", "");
        endpoint.pricing().forEach(line -> table.row("  " + line.billable(), price(line)));
        return title + ", " + previews + "\n" + table;
    }

    private static String words(Capability capability) {
        if (capability instanceof Capability.Values values) {
            return String.join(" ", values.values());
        }
        if (capability instanceof Capability.Range range) {
            return range.min().toPlainString() + " to " + range.max().toPlainString();
        }
        return capability instanceof Capability.Other other ? other.fields().toString() : "yes";
    }

    /** Nobody can compare prices of 0.000008: a million tokens make a number. */
    private static String price(PricingLine line) {
        var cost = line.costUsd();
        if (cost == null) {
            return "unknown per " + line.unit();
        }
        var tokens = line.unit().equals("token");
        var shown = (tokens ? cost.multiply(TOKENS_OF_A_PRICE) : cost).round(MathContext.DECIMAL32);
        var variant = line.variant() == null ? "" : " (" + line.variant() + ")";
        return "$" + shown.stripTrailingZeros().toPlainString() + " per " + (tokens ? "million tokens" : line.unit())
                + variant;
    }
}
