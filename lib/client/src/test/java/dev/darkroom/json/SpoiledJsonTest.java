package dev.darkroom.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testsupport.CodeBlock;
import dev.darkroom.testsupport.Documents;
import dev.darkroom.testsupport.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was spoiled on the way is read, or refused as Jackson refuses things; nothing else comes out of it. */
class SpoiledJsonTest {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().findAndAddModules().build();
    private static final List<String> EXAMPLES =
            Documents.blocks("json").stream().map(CodeBlock::code).toList();
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "12345678901234567890123",
            "0.5",
            "\"\"",
            "\"a\"",
            "[]",
            "[[{}],1]",
            "{}",
            "{\"type\":1}");

    @Test
    void aValueOfAnotherKindAnywhere() {
        Seeds.tries(2000, seed -> {
            var random = new Random(seed);
            var tree = MAPPER.readTree(EXAMPLES.get(random.nextInt(EXAMPLES.size())));
            spoil(tree, random);
            read(tree.toString());
        });
    }

    @Test
    void aByteThatIsLostOrChanged() {
        Seeds.tries(2000, seed -> {
            var random = new Random(seed);
            var json = new StringBuilder(EXAMPLES.get(random.nextInt(EXAMPLES.size())));
            var at = random.nextInt(json.length());
            if (random.nextBoolean()) {
                json.deleteCharAt(at);
            } else {
                json.setCharAt(at, (char) (32 + random.nextInt(95)));
            }
            read(json.toString());
        });
    }

    private static void read(String json) {
        JsonEvent event;
        try {
            event = MAPPER.readValue(json.getBytes(UTF_8), JsonEvent.class);
        } catch (JacksonException refused) {
            return;
        }
        var again = MAPPER.writeValueAsString(event);
        assertThat(MAPPER.writeValueAsString(MAPPER.readValue(again, JsonEvent.class)))
                .isEqualTo(again);
    }

    private static void spoil(JsonNode tree, Random random) {
        var value = MAPPER.readTree(VALUES.get(random.nextInt(VALUES.size())));
        if (tree instanceof ObjectNode object && !object.isEmpty()) {
            var names = List.copyOf(object.propertyNames());
            var name = names.get(random.nextInt(names.size()));
            if (object.get(name).isContainer() && random.nextInt(4) > 0) {
                spoil(object.get(name), random);
            } else {
                object.set(name, value);
            }
        } else if (tree instanceof ArrayNode array && !array.isEmpty()) {
            if (random.nextBoolean()) {
                spoil(array.get(0), random);
            } else {
                array.set(0, value);
            }
        }
    }
}
