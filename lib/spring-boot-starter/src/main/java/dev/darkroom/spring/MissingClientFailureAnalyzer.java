package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageGenerator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/**
 * Says why there is no client where a bean of the application took the place of all of them, and yet asks for one. Whatever else is
 * missing is left to Spring Boot.
 */
@Order(SecretBindFailureAnalyzer.BEFORE_SPRING_BOOTS)
final class MissingClientFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

    private final @Nullable ConfigurableListableBeanFactory beans;

    MissingClientFailureAnalyzer(@Nullable BeanFactory beans) {
        this.beans = beans instanceof ConfigurableListableBeanFactory all ? all : null;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        var type = cause.getResolvableType();
        if (beans == null || type == null || !ImageGenerator.class.isAssignableFrom(type.toClass())) {
            return null;
        }
        var clients = ClientsWanted.ownClients(beans);
        var generators = ClientsWanted.generators(beans);
        if (!clients.isEmpty()) {
            return replaced(clients, cause);
        }
        return generators.isEmpty() ? null : withoutKey(generators, cause);
    }

    private static FailureAnalysis withoutKey(List<String> generators, NoSuchBeanDefinitionException cause) {
        return new FailureAnalysis(
                "There is no image client: the application has a generator of its own (" + names(generators)
                        + ") and no key, so that generator stands for them.",
                "Set darkroom.api-key (the environment variable DARKROOM_APIKEY does), or darkroom.emulator.enabled=true,"
                        + " and the clients are made beside it.",
                cause);
    }

    private static FailureAnalysis replaced(List<String> clients, NoSuchBeanDefinitionException cause) {
        return new FailureAnalysis(
                "There is no other image client: a bean of the application's (" + names(clients)
                        + ", of type " + ImageClient.class.getSimpleName()
                        + ") takes the place of those that darkroom.*"
                        + " describes.",
                "If it shall be a copy of one of them, let the @Bean method that makes it take an ImageClient as its"
                        + " parameter. To change all clients, use a bean of type ImageClientCustomizer instead.",
                cause);
    }

    private static String names(List<String> beans) {
        return String.join(", ", beans);
    }
}
