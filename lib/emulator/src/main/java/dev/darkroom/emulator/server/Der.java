package dev.darkroom.emulator.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** The few values of ASN.1, in DER, of which a certificate consists. */
final class Der {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'");

    private Der() {}

    static byte[] value(int tag, byte[]... parts) {
        var content = Bytes.join(parts);
        var made = new ByteArrayOutputStream();
        made.write(tag);
        if (content.length < 128) {
            made.write(content.length);
        } else {
            var length = BigInteger.valueOf(content.length).toByteArray();
            int zeros = length[0] == 0 ? 1 : 0;
            made.write(0x80 | (length.length - zeros));
            made.write(length, zeros, length.length - zeros);
        }
        made.writeBytes(content);
        return made.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return value(0x30, parts);
    }

    static byte[] set(byte[]... parts) {
        return value(0x31, parts);
    }

    static byte[] integer(BigInteger number) {
        return value(0x02, number.toByteArray());
    }

    static byte[] yes() {
        return value(0x01, new byte[] {(byte) 0xFF});
    }

    /** A string of bits whose last byte has some that are not meant. */
    static byte[] bits(int unused, byte... bits) {
        return value(0x03, new byte[] {(byte) unused}, bits);
    }

    static byte[] octets(byte[] content) {
        return value(0x04, content);
    }

    static byte[] text(String text) {
        return value(0x0C, text.getBytes(UTF_8));
    }

    /** Before 2050, as certificates want it. */
    static byte[] time(Instant instant) {
        return value(0x17, TIME.format(instant.atOffset(ZoneOffset.UTC)).getBytes(US_ASCII));
    }

    static byte[] id(String dotted) {
        int[] numbers =
                Arrays.stream(dotted.split("\\.")).mapToInt(Integer::parseInt).toArray();
        var made = new ByteArrayOutputStream();
        made.write(numbers[0] * 40 + numbers[1]);
        for (int i = 2; i < numbers.length; i++) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (numbers[i] >> shift != 0) {
                    made.write(0x80 | (numbers[i] >> shift & 0x7F));
                }
            }
            made.write(numbers[i] & 0x7F);
        }
        return value(0x06, made.toByteArray());
    }
}
