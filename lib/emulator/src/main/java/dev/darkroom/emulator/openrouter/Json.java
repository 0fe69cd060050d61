package dev.darkroom.emulator.openrouter;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Writing JSON as the router writes it. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int FIRST_EXPONENT = -4;

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static byte[] bytes(JsonNode json) {
        return MAPPER.writeValueAsBytes(json);
    }

    /** An amount in the recorded form: {@code 0.003006}, {@code 3e-05}, {@code 0}. */
    static RawValue dollars(BigDecimal amount) {
        return new RawValue(number(amount));
    }

    static String number(BigDecimal amount) {
        var plain = amount.stripTrailingZeros();
        int exponent = plain.precision() - plain.scale() - 1;
        if (plain.signum() == 0 || exponent >= FIRST_EXPONENT) {
            return plain.toPlainString();
        }
        var digits = plain.unscaledValue().abs().toString();
        var fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (plain.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + String.format("e-%02d", -exponent);
    }
}
