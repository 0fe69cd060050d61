package dev.darkroom.internal.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** Bodies a gateway might send, from sober to hostile, made up from a seed. */
final class RandomWire {

    private static final String[] WORDS = {
        "",
        "a",
        "data:",
        "https://x/y.png",
        "é",
        "日本",
        "\uD83D\uDE00",
        "\"",
        "\\",
        "\n",
        "A",
        "QUJD",
        "aGk=",
        "[DONE]",
        "a b",
        "\u0000"
    };

    private final Random random;

    RandomWire(long seed) {
        this.random = new Random(seed);
    }

    /** JSON, with images and what looks like them. */
    String json(int depth) {
        int kind = random.nextInt(depth > 0 ? 10 : 7);
        return switch (kind) {
            case 0 -> String.valueOf(random.nextInt());
            case 1 ->
                new String[] {"null", "true", "false", "3e-05", "-0.0", "1e400", "123456789012345678901234567890"}
                        [random.nextInt(7)];
            case 2, 3 -> JsonStrings.random(words(), random, 4);
            case 4, 5, 6 -> JsonStrings.random(image(), random, 1 + random.nextInt(2000));
            case 7 -> array(depth);
            default -> object(depth);
        };
    }

    private String array(int depth) {
        var json = new StringBuilder("[");
        for (int i = random.nextInt(4); i > 0; i--) {
            json.append(space()).append(json(depth - 1)).append(i > 1 ? "," : "");
        }
        return json.append(space()).append(']').toString();
    }

    private String object(int depth) {
        var json = new StringBuilder("{");
        for (int i = random.nextInt(4); i > 0; i--) {
            var name = random.nextInt(20) == 0 ? image() : words();
            json.append(space())
                    .append(JsonStrings.random(name, random, 9))
                    .append(space())
                    .append(':');
            json.append(space()).append(json(depth - 1)).append(i > 1 ? "," : "");
        }
        return json.append(space()).append('}').toString();
    }

    private String space() {
        return new String[] {"", "", "", " ", "\n", "\t "}[random.nextInt(6)];
    }

    private String words() {
        var words = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            words.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return words.toString();
    }

    /** Base64 of some length, or a text which is almost that. */
    private String image() {
        var bytes = new byte[random.nextInt(3) == 0 ? random.nextInt(6000) : random.nextInt(100)];
        random.nextBytes(bytes);
        var encoder = random.nextInt(4) == 0 ? Base64.getMimeEncoder() : Base64.getEncoder();
        var text = new StringBuilder(
                random.nextInt(4) == 0
                        ? encoder.withoutPadding().encodeToString(bytes)
                        : encoder.encodeToString(bytes));
        if (random.nextInt(4) == 0) {
            text.insert(random.nextInt(text.length() + 1), WORDS[random.nextInt(WORDS.length)]);
        }
        if (random.nextInt(4) == 0) {
            text.insert(0, "data:image/png;base64,");
        }
        return text.toString();
    }

    /** An event stream with such texts as data, all kinds of line ends, and other fields between. */
    byte[] stream() {
        var end = new String[] {"\n", "\r", "\r\n"}[random.nextInt(3)];
        var stream = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
        for (int i = random.nextInt(5); i > 0; i--) {
            for (int j = random.nextInt(3); j > 0; j--) {
                stream.append(new String[] {
                                    ":", ": x", "event: " + words(), "id: 1", "id", "retry: 5", "x: y", "data :", ""
                                }
                                [random.nextInt(9)])
                        .append(random.nextInt(9) == 0 ? "\n" : end);
            }
            for (String line : json(3).split("\n", -1)) {
                stream.append(random.nextBoolean() ? "data: " : "data:")
                        .append(line)
                        .append(end);
            }
            stream.append(random.nextInt(9) == 0 ? "" : end);
        }
        return stream.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The same with some of its bytes lost, doubled or exchanged. */
    byte[] damaged(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        int oneIn = 1 + random.nextInt(2 * bytes.length + 10);
        for (byte b : bytes) {
            switch (random.nextInt(oneIn) == 0 ? random.nextInt(3) : 3) {
                case 0 -> {}
                case 1 -> out.writeBytes(new byte[] {b, b});
                case 2 ->
                    out.write(
                            random.nextBoolean()
                                    ? random.nextInt(256)
                                    : ":\"\\\r\n =[]{},u".charAt(random.nextInt(13)));
                default -> out.write(b);
            }
        }
        return out.toByteArray();
    }
}
