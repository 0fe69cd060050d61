package dev.darkroom.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class PlainJsonTest {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    static List<Object> values() {
        var ordered = new LinkedHashMap<String, Object>();
        ordered.put("z", null);
        ordered.put("a", List.of("é\u2028\"\\\n\u0001", 'c', TimeUnit.DAYS));
        return List.of(
                "😀",
                true,
                1,
                -1L << 40,
                (short) 2,
                (byte) 3,
                0.1,
                1e300,
                Double.NaN,
                0.1f,
                Float.NEGATIVE_INFINITY,
                new BigDecimal("1E+3"),
                BigInteger.TEN.pow(40),
                new AtomicInteger(4),
                Arrays.asList(1, null, List.of(), Map.of()),
                ordered,
                Map.of(1, "a number for a name"),
                new byte[] {1, 2, 3},
                Instant.EPOCH,
                JsonNodeFactory.instance.objectNode().put("tree", 1),
                Map.of("tree", JsonNodeFactory.instance.arrayNode().add(1.5)),
                new Stranger("s", List.of(1)));
    }

    record Stranger(String name, List<Integer> numbers) {}

    static final class Broken {

        public String getName() {
            return List.<String>of().get(0);
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void writesAsAMapperDoes(Object value) {
        assertThat(PlainJson.text(value)).isEqualTo(MAPPER.writeValueAsString(value));
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    void refusesWhatAMapperRefuses(Object value) {
        assertThatThrownBy(() -> MAPPER.writeValueAsString(value)).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> PlainJson.text(value)).isInstanceOf(JacksonException.class);
    }

    static List<Object> unwritable() {
        var endless = new HashMap<String, Object>();
        endless.put("itself", endless);
        return List.of(endless, List.of(new Broken()), Collections.singletonMap(null, 1), Map.of("in", new Broken()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "\"text\"",
                "{\"a\":[1,2147483648,1e2,0.1,123456789012345678901234567890,true,false,null,{}],\"a\":2,\"é\":\"\\ud83d\\ude00\"}",
                " [ ] "
            })
    void readsAsAMapperDoes(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(PlainJson.tree(bytes)).isEqualTo(MAPPER.readTree(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{\"a\":}", "[1", "x", "{} {}", "1 2", "[1}", "<html>", "{\"a\" 1}", "NaN", "\"a\u0001\""})
    void cannotReadWhatAMapperCannot(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> MAPPER.readTree(bytes)).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> PlainJson.tree(bytes)).isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 501})
    void readsAsDeepAsAMapperDoes(int depth) {
        var bytes = ("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.UTF_8);
        assertThat(isRead(() -> PlainJson.tree(bytes))).isEqualTo(isRead(() -> MAPPER.readTree(bytes)));
    }

    private static boolean isRead(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }
}
