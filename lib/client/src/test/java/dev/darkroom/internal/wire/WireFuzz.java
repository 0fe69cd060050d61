package dev.darkroom.internal.wire;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A target for Jazzer, which finds inputs by watching what they reach: framing, lifting and parsing against the plain
 * reading. Needs nothing of Jazzer to compile; {@code WireFuzzTest} runs it for a moment without.
 *
 * <p>The first byte of an input chooses what is read and in which pieces; the byte 0x01 in the rest stands for a thousand
 * characters of base64, so that short inputs reach what happens to long strings.
 */
public final class WireFuzz {

    private static final int[] PIECES = {1, 2, 3, 7, 200, 1021, 1024, 5000};
    private static final byte[] LONG = Comparison.utf8("iVBORw0KGgo+/AAA".repeat(65));

    private WireFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int piece = PIECES[input[0] & 7];
        int longFrom = (input[0] & 8) == 0 ? 1024 : 5;
        var body = expanded(input);
        switch (input[0] >> 4 & 3) {
            case 0 -> Comparison.document(body, longFrom, piece);
            case 1 -> Comparison.stream(body, longFrom, piece);
            case 2 -> Comparison.detect(body, "text/event-stream", piece);
            default -> Comparison.detect(body, (input[0] & 0x40) == 0 ? null : "application/json", piece);
        }
    }

    private static byte[] expanded(byte[] input) {
        var body = new ByteArrayOutputStream();
        for (byte b : Arrays.copyOfRange(input, 1, input.length)) {
            if (b == 1) {
                body.writeBytes(LONG);
            } else {
                body.write(b);
            }
        }
        return body.toByteArray();
    }
}
