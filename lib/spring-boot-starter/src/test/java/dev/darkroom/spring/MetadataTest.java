package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetadataTest {

    private static JsonNode metadata(String name) {
        try (var in = Objects.requireNonNull(MetadataTest.class.getResourceAsStream("/META-INF/" + name), name)) {
            return JsonMapper.shared().readTree(in.readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void properties(String prefix, Class<?> type, List<String> into) {
        for (RecordComponent component : type.getRecordComponents()) {
            var name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            if (component.getType().isRecord()) {
                properties(name, component.getType(), into);
            } else {
                into.add(name);
            }
        }
    }

    /** Every property there is. */
    static List<String> properties() {
        var all = new ArrayList<String>();
        properties("darkroom", ClientProperties.class, all);
        properties("darkroom", NamedClientProperties.class, all);
        properties("darkroom.emulator", EmulatorProperties.class, all);
        return all;
    }

    @Test
    void everyPropertyIsDescribedForTheIde() {

        var described = metadata("spring-configuration-metadata.json")
                .path("properties")
                .valueStream()
                .filter(property -> !property.path("description").asString("").isBlank())
                .map(property -> property.path("name").asString())
                .toList();

        assertThat(described).containsExactlyInAnyOrderElementsOf(properties());
    }

    @Test
    void everyHintIsOfAPropertyThereIs() {
        var all = metadata("spring-configuration-metadata.json");
        var names = all.path("properties")
                .valueStream()
                .map(property -> property.path("name").asString())
                .toList();

        assertThat(all.path("hints").valueStream())
                .isNotEmpty()
                .allSatisfy(hint ->
                        assertThat(names).contains(hint.path("name").asString().replaceFirst("\\.keys$", "")));
    }
}
