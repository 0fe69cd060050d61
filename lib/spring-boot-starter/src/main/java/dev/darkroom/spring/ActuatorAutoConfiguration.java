package dev.darkroom.spring;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Keeps keys, the proxy's credentials and headers out of the endpoints {@code env} and {@code configprops}, also where those show
 * values.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class ActuatorAutoConfiguration {

    /** As it may be written in files, in the environment and in a report: told apart by nothing but letters and digits. */
    private static final Pattern SECRET =
            Pattern.compile("darkroom.*(apikey|proxyusername|proxypassword|headers.*|gateredisurl)");

    private static final Pattern PUNCTUATION = Pattern.compile("[^a-z0-9]");

    ActuatorAutoConfiguration() {}

    @Bean
    SanitizingFunction imageClientSecrets() {
        return SanitizingFunction.sanitizeValue().ifMatches(data -> isSecret(data.getLowerCaseKey()));
    }

    static boolean isSecret(String lowerCaseKey) {
        var name = PUNCTUATION.matcher(lowerCaseKey.toLowerCase(Locale.ROOT)).replaceAll("");
        return SECRET.matcher(name).matches();
    }
}
