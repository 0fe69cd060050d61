package dev.darkroom.spring;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/** Where a client's properties are written: under its own name, or, if it inherits one, where the default client has it. */
record PropertyNames(String client, Environment environment) {

    /** The name of the client that {@code darkroom.*} itself describes. */
    static final String DEFAULT = "imageClient";

    /** The client's own property, whether it is set or not. */
    static String own(String client, String property) {
        return client.equals(DEFAULT) ? "darkroom." + property : "darkroom.clients." + client + "." + property;
    }

    /** The property from which the client has its value. */
    String of(String property) {
        var own = own(client, property);
        return isSet(own) ? own : "darkroom." + property;
    }

    boolean isSet(String property) {
        var name = ConfigurationPropertyName.adapt(property, '.');
        for (var source : ConfigurationPropertySources.get(environment)) {
            if (source.getConfigurationProperty(name) != null
                    || source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
                return true;
            }
        }
        return false;
    }

    InvalidConfigurationPropertyValueException wrong(String property, Object value, String why) {
        return new InvalidConfigurationPropertyValueException(of(property), value, why);
    }

    /** For a value that may hold a secret. */
    UnusableSecretException wrong(String property, String why) {
        var name = of(property);
        return new UnusableSecretException(name, origin(name), why);
    }

    private String origin(String property) {
        var name = ConfigurationPropertyName.adapt(property, '.');
        for (var source : ConfigurationPropertySources.get(environment)) {
            var found = source.getConfigurationProperty(name);
            if (found != null && found.getOrigin() != null) {
                return found.getOrigin().toString();
            }
        }
        return "";
    }
}
