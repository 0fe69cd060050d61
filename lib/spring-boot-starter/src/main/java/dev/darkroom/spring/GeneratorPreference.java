package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageGenerator;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Says which bean is meant where an application asks for an {@link ImageGenerator} or an {@link ImageClient} without a name: what it
 * has marked {@code @Primary}; else its own generator, if it has one that is no client (a decorator of ours, or a fake); else the
 * default client, before its copies and before named ones.
 *
 * <p>The hard case: our client is a generator, too, so were it always the primary bean, no decorator ever could be.
 */
final class GeneratorPreference implements BeanFactoryPostProcessor {

    private final Environment environment;

    GeneratorPreference(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        if (!beans.containsBeanDefinition(PropertyNames.DEFAULT)) {
            return;
        }
        var ours = ClientRegistrar.names(environment);
        var copies = new ArrayList<BeanDefinition>();
        var generators = new ArrayList<BeanDefinition>();
        for (var name : beans.getBeanNamesForType(ImageGenerator.class, true, false)) {
            if (beans.containsBeanDefinition(name) && !name.equals(PropertyNames.DEFAULT) && !ours.contains(name)) {
                (beans.isTypeMatch(name, ImageClient.class) ? copies : generators).add(beans.getBeanDefinition(name));
            }
        }
        prefer(beans.getBeanDefinition(PropertyNames.DEFAULT), copies, generators);
    }

    private static void prefer(BeanDefinition usual, List<BeanDefinition> copies, List<BeanDefinition> generators) {
        var chosen = copies.stream().anyMatch(BeanDefinition::isPrimary)
                || generators.stream().anyMatch(BeanDefinition::isPrimary);
        if (!chosen && generators.isEmpty()) {
            usual.setPrimary(true);
            return;
        }
        if (!chosen && generators.size() == 1) {
            generators.get(0).setPrimary(true);
        }
        copies.stream().filter(copy -> !copy.isPrimary()).forEach(copy -> copy.setFallback(true));
    }
}
