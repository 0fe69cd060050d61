package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageGenerator;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether the clients that properties describe are made: not where the application makes an {@link ImageClient} itself, nor where it
 * brings an {@link ImageGenerator} and nothing says with which key another one could work.
 *
 * <p>The hard case: a copy of our client is an {@code ImageClient} bean as well. It is known by its factory method, which asks for
 * a generator, or by the class of that method, which does.
 */
final class ClientsWanted extends SpringBootCondition implements ConfigurationCondition {

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        var beans = Objects.requireNonNull(context.getBeanFactory());
        var message = ConditionMessage.forCondition("image clients");
        var own = ownClients(beans);
        if (!own.isEmpty()) {
            return ConditionOutcome.noMatch(message.found("ImageClient bean").items(own));
        }
        var generators = generators(beans);
        if (!generators.isEmpty() && !hasAccess(beans, context.getEnvironment())) {
            return ConditionOutcome.noMatch(
                    message.found("ImageGenerator bean, and no key,").items(generators));
        }
        return ConditionOutcome.match(message.because("the application makes none"));
    }

    /** Those of the application, copies apart. */
    static List<String> ownClients(ConfigurableListableBeanFactory beans) {
        return names(beans, ImageClient.class).stream()
                .filter(name -> !isCopy(beans, name))
                .toList();
    }

    /** Those of the application that are no clients: fakes, and decorators. */
    static List<String> generators(ConfigurableListableBeanFactory beans) {
        var clients = names(beans, ImageClient.class);
        return names(beans, ImageGenerator.class).stream()
                .filter(name -> !clients.contains(name))
                .toList();
    }

    private static List<String> names(ConfigurableListableBeanFactory beans, Class<?> type) {
        return Arrays.asList(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false));
    }

    private static boolean isCopy(ConfigurableListableBeanFactory beans, String name) {
        if (name.equals(PropertyNames.DEFAULT) || !beans.containsBeanDefinition(name)) {
            return false;
        }
        if (!(beans.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition)) {
            return false;
        }
        var method = definition.getResolvedFactoryMethod();
        return method != null && (asksForOne(method) || asksForOne(method.getDeclaringClass()));
    }

    private static boolean asksForOne(Executable method) {
        return Arrays.stream(method.getGenericParameterTypes())
                .anyMatch(type -> asksForOne(ResolvableType.forType(type)));
    }

    /** A configuration class may have it injected for all its beans. */
    private static boolean asksForOne(Class<?> configuration) {
        return Arrays.stream(configuration.getDeclaredConstructors()).anyMatch(ClientsWanted::asksForOne)
                || Arrays.stream(configuration.getDeclaredFields())
                        .anyMatch(field -> asksForOne(ResolvableType.forField(field)));
    }

    private static boolean asksForOne(ResolvableType type) {
        return ImageGenerator.class.isAssignableFrom(type.toClass())
                || Arrays.stream(type.getGenerics()).anyMatch(ClientsWanted::asksForOne);
    }

    /** By a key, by whatever gives one, or by an emulator that needs none. */
    private static boolean hasAccess(ConfigurableListableBeanFactory beans, Environment environment) {
        return isSet(environment, "darkroom.api-key")
                || ClientRegistrar.isEmulated(environment)
                || !names(beans, ImageApiKeySource.class).isEmpty()
                || ClientRegistrar.names(environment).stream()
                        .anyMatch(name -> isSet(environment, PropertyNames.own(name, "api-key")));
    }

    private static boolean isSet(Environment environment, String property) {
        return new PropertyNames(PropertyNames.DEFAULT, environment).isSet(property);
    }
}
