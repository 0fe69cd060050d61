package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import java.util.Set;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * One bean for each client, named as it is under {@code darkroom.clients}, so that its name is its qualifier. The default
 * client is the one that is meant without a name; it is left out where only named clients have keys.
 */
final class ClientRegistrar implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        var binder = Binder.get(environment);
        var names = names(environment);
        var isDescribed =
                names.isEmpty() || binder.bind("darkroom.api-key", String.class).isBound() || isEmulated(environment);
        if (isDescribed) {
            registry.registerBean(
                    PropertyNames.DEFAULT,
                    ImageClient.class,
                    spec -> spec.description("the image client that darkroom.* describes")
                            .supplier(
                                    context -> context.bean(ImageClients.class).client(PropertyNames.DEFAULT)));
        }
        names.forEach(name -> register(registry, name, isDescribed));
    }

    /** Read by itself: the rest of the emulator's properties is nobody's business where it is off. */
    static boolean isEmulated(Environment environment) {
        return Binder.get(environment)
                .bind("darkroom.emulator.enabled", Boolean.class)
                .orElse(false);
    }

    /** Those of the clients beside the default one. */
    static Set<String> names(Environment environment) {
        return Binder.get(environment)
                .bind("darkroom", Bindable.of(NamedClientProperties.class))
                .map(properties -> properties.clients().keySet())
                .orElse(Set.of());
    }

    private static void register(BeanRegistry registry, String name, boolean besideDefault) {
        try {
            registry.registerBean(name, ImageClient.class, spec -> {
                spec.description("the image client that darkroom.clients." + name + ".* describes")
                        .supplier(context -> context.bean(ImageClients.class).client(name));
                if (besideDefault) {
                    spec.fallback();
                }
            });
        } catch (BeanDefinitionOverrideException e) {
            throw new InvalidConfigurationPropertyValueException(
                    "darkroom.clients", name, "the application has another bean of this name: give the client another");
        }
    }
}
