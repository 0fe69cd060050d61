package dev.darkroom.spring;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/**
 * Reports a property of ours which Spring Boot could not bind, where it may hold a secret: its own report shows the value. Whatever
 * else cannot be bound is left to Spring Boot, so this one is asked first.
 */
@Order(SecretBindFailureAnalyzer.BEFORE_SPRING_BOOTS)
final class SecretBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    static final int BEFORE_SPRING_BOOTS = -100;

    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("darkroom");
    private static final Set<String> SECRET = Set.of("api-key", "apikey", "headers", "proxy", "base-url", "baseurl");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        var name = cause.getName();
        if (!OURS.equals(name) && !OURS.isAncestorOf(name)) {
            return null;
        }
        if (!isSecret(name) && !isGroup(cause)) {
            return null;
        }
        var property = cause.getProperty();
        var origin = property == null ? null : property.getOrigin();
        var why = isGroup(cause)
                ? "it is one value, where several belong, each under a name of its own"
                : "it is no " + cause.getTarget().getType().toClass().getSimpleName();
        return new FailureAnalysis(
                "Cannot make an image client: the value of " + name + " (not shown"
                        + (origin == null ? "" : ", from " + origin) + ") cannot be used: " + why + ".",
                isGroup(cause) ? "Write " + name + ".NAME." : "Correct " + name + ".",
                cause);
    }

    private static boolean isSecret(ConfigurationPropertyName name) {
        for (int i = 0; i < name.getNumberOfElements(); i++) {
            if (SECRET.contains(name.getElement(i, ConfigurationPropertyName.Form.DASHED))) {
                return true;
            }
        }
        return false;
    }

    /** A single value where there are several, each under a name: nobody knows which one was meant. */
    private static boolean isGroup(BindException cause) {
        var type = cause.getTarget().getType().toClass();
        return type.isRecord() || Map.class.isAssignableFrom(type);
    }
}
