package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.Gateways;
import dev.darkroom.ImageClient;
import dev.darkroom.internal.call.Settings;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

class ClientSettingsTest {

    private static final List<Class<?>> GROUPS = List.of(
            ClientProperties.Timeouts.class,
            ClientProperties.Connections.class,
            ClientProperties.Limits.class,
            ClientProperties.Downloads.class,
            ClientProperties.RateLimits.class);

    /** Of each type a value that is no default. */
    private static final Map<Class<?>, String> VALUES = Map.of(
            Duration.class,
            "7s",
            Integer.class,
            "7",
            DataSize.class,
            "7MB",
            List.class,
            "10.20.0.0/16",
            Boolean.class,
            "true");

    private static final ImageClient PLAIN = ImageClient.openRouter("sk-test");

    private static ImageClient client(Map<String, String> properties) {
        var bound = new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("darkroom", ClientProperties.class);
        return new ClientSettings(
                        new PropertyNames(PropertyNames.DEFAULT, new MockEnvironment()),
                        bound,
                        Gateways.named("openrouter"))
                .applyTo(PLAIN);
    }

    static Stream<RecordComponent> components() {
        return GROUPS.stream().flatMap(group -> Arrays.stream(group.getRecordComponents()));
    }

    private static Object set(ImageClient client, RecordComponent component) throws ReflectiveOperationException {
        var field = ImageClient.class.getDeclaredField("settings");
        field.setAccessible(true);
        var group = lowered(component.getDeclaringRecord().getSimpleName());
        var values = Settings.class.getMethod(group).invoke(field.get(client));
        var accessor = component.getName().equals("allow") ? "allowed" : component.getName();
        return values.getClass().getMethod(accessor).invoke(values);
    }

    private static String lowered(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** A property that is bound and applied to nothing, or to something else, would be believed. */
    @ParameterizedTest
    @MethodSource("components")
    void everyLimitThatCanBeSetIsHandedToTheClient(RecordComponent component) throws ReflectiveOperationException {
        var text = component.getName().equals("fetch") ? "false" : VALUES.get(component.getType());
        var property = DataObjectPropertyName.toDashedForm(
                        lowered(component.getDeclaringRecord().getSimpleName()))
                + "." + DataObjectPropertyName.toDashedForm(component.getName());

        var client = client(Map.of("darkroom." + property, text));

        var expected = new Binder(new MapConfigurationPropertySource(Map.of("value", text)))
                .bind("value", component.getType())
                .get();
        assertThat(set(client, component))
                .isEqualTo(expected instanceof DataSize size ? (Object) size.toBytes() : expected)
                .isNotEqualTo(set(PLAIN, component));
    }

    @Test
    void whatIsNotSetLeavesTheClientAlone() {
        assertThat(client(Map.of())).isSameAs(PLAIN);
    }
}
