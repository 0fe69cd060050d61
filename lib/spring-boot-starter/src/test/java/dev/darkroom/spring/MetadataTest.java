package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.RateGates;
import dev.darkroom.settings.Connections;
import dev.darkroom.settings.Downloads;
import dev.darkroom.settings.Limits;
import dev.darkroom.settings.RateLimits;
import dev.darkroom.settings.Timeouts;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;
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
        properties("darkroom.gate.redis", RedisGateProperties.class, all);
        properties("darkroom.web", webProperties(), all);
        return all;
    }

    /** Those of a package of their own. */
    private static Class<?> webProperties() {
        try {
            return Class.forName("dev.darkroom.spring.web.WebProperties");
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyPropertyIsDescribedForTheIde() {
        var described = metadata("spring-configuration-metadata.json")
                .path("properties")
                .valueStream()
                .filter(property -> !property.path("description").asString("").isBlank())
                .map(property -> property.path("name").asString())
                .toList();

        var all = new ArrayList<>(properties());
        all.add("management.health.darkroom.enabled");
        assertThat(described).containsExactlyInAnyOrderElementsOf(all);
    }

    /** What stays as the client has it is not written here: the IDE's word for it must be the client's. */
    @Test
    void theDefaultsOfTheMetadataAreThoseOfTheClient() throws ReflectiveOperationException {
        var said = metadata("spring-configuration-metadata.json")
                .path("properties")
                .valueStream()
                .filter(property -> property.path("defaultValue").isValueNode())
                .collect(Collectors.toMap(
                        property -> property.path("name").asString(),
                        property -> property.path("defaultValue").asString()));
        var known = new LinkedHashMap<String, @Nullable Object>();
        for (var values : List.of(
                Timeouts.defaults(),
                Connections.defaults(),
                Limits.defaults(),
                Downloads.defaults(),
                RateLimits.of(RateGates.inMemory()))) {
            defaults(values, known);
        }

        assertThat(known).hasSize(21);
        known.forEach((property, value) ->
                assertThat(parsed(said.get(property), value)).as(property).isEqualTo(value));
        assertThat(said)
                .containsEntry("darkroom.provider", "openrouter")
                .containsEntry("darkroom.drop-unsupported-options", "false")
                .containsEntry("darkroom.catalogue-check", "off")
                .containsEntry("darkroom.proxy.type", "http");
    }

    /** By the name of the property; null where there is none, or none that is the same everywhere. */
    private static void defaults(Object values, Map<String, @Nullable Object> into)
            throws ReflectiveOperationException {
        var group = values.getClass().getSimpleName();
        var type = Class.forName(ClientProperties.class.getName() + "$" + group);
        for (RecordComponent component : type.getRecordComponents()) {
            var name = component.getName();
            var accessor = name.equals("allow") ? "allowed" : name;
            var value = name.equals("heapBytes")
                    ? null
                    : values.getClass().getMethod(accessor).invoke(values);
            into.put(
                    "darkroom." + DataObjectPropertyName.toDashedForm(group) + "."
                            + DataObjectPropertyName.toDashedForm(name),
                    value instanceof List<?> none && none.isEmpty() ? null : value);
        }
    }

    private static @Nullable Object parsed(@Nullable String text, @Nullable Object like) {
        if (text == null || like instanceof String) {
            return text;
        }
        return like instanceof Duration
                ? DurationStyle.detectAndParse(text)
                : like instanceof Long
                        ? (Object) DataSize.parse(text).toBytes()
                        : like instanceof Integer ? Integer.valueOf(text) : Boolean.valueOf(text);
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
                        assertThat(names).contains(hint.path("name").asString().replaceFirst("\\.keys$", "")))
                .allSatisfy(hint -> assertThat(hint.path("values")).isNotEmpty());
    }
}
