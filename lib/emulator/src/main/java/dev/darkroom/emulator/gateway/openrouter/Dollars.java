package dev.darkroom.emulator.gateway.openrouter;

import java.math.BigDecimal;
import tools.jackson.databind.util.RawValue;

/** Amounts in the recorded form: {@code 0.003006}, {@code 3e-05}, {@code 0}. */
final class Dollars {

    private static final int FIRST_EXPONENT = -4;

    private Dollars() {}

    static RawValue of(BigDecimal amount) {
        return new RawValue(number(amount));
    }

    private static String number(BigDecimal amount) {
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
