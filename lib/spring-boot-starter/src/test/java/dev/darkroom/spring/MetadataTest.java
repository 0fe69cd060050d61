package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.settings.Downloads;
import dev.darkroom.settings.Limits;
import dev.darkroom.settings.Timeouts;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
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

    /** What stays as the client has it is not written here: the IDE's word for it must be the client's. */
    @Test
    void theDefaultsOfTheMetadataAreThoseOfTheClient() {
        var defaults = metadata("spring-configuration-metadata.json")
                .path("properties")
                .valueStream()
                .filter(property -> property.has("defaultValue"))
                .collect(Collectors.toMap(
                        property -> property.path("name").asString(),
                        property -> property.path("defaultValue").asString()));
        var times = Timeouts.defaults();
        var limits = Limits.defaults();

        assertThat(time(defaults, "timeouts.connect")).isEqualTo(times.connect());
        assertThat(time(defaults, "timeouts.first-byte")).isEqualTo(times.firstByte());
        assertThat(time(defaults, "timeouts.silence")).isEqualTo(times.silence());
        assertThat(time(defaults, "url-images.timeout"))
                .isEqualTo(Downloads.defaults().timeout());
        assertThat(defaults.get("darkroom.url-images.fetch"))
                .isEqualTo("" + Downloads.defaults().fetch());
        assertThat(size(defaults, "limits.image")).isEqualTo(limits.imageBytes());
        assertThat(size(defaults, "limits.text")).isEqualTo(limits.textBytes());
        assertThat(size(defaults, "limits.response")).isEqualTo(limits.responseBytes());
        assertThat(defaults.get("darkroom.limits.images")).isEqualTo("" + limits.images());
        assertThat(defaults)
                .containsEntry("darkroom.provider", "openrouter")
                .containsEntry("darkroom.longest-wait", "2m")
                .containsEntry("darkroom.lenient", "false")
                .containsEntry("darkroom.catalogue-check", "off")
                .containsEntry("darkroom.proxy.type", "http");
    }

    private static Duration time(Map<String, String> defaults, String property) {
        return DurationStyle.detectAndParse(defaults.get("darkroom." + property));
    }

    private static long size(Map<String, String> defaults, String property) {
        return DataSize.parse(defaults.get("darkroom." + property)).toBytes();
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
