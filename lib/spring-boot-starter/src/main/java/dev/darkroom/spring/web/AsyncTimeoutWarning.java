package dev.darkroom.spring.web;

import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpEntity;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Warns at start of what MVC does to a controller's {@code Mono}: after half a minute the container ends the response and cancels, and a
 * picture that took longer may be paid for. Events have no such limit. What a {@code Mono} waits for cannot be seen, so that all of them are
 * meant, and naming any limit ends the warning.
 */
final class AsyncTimeoutWarning implements SmartInitializingSingleton {

    private static final String PROPERTY = "spring.mvc.async.request-timeout";
    private static final int MOST_NAMES = 5;

    private final Environment environment;
    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    AsyncTimeoutWarning(Environment environment, ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.environment = environment;
        this.mappings = mappings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (environment.containsProperty(PROPERTY)) {
            return;
        }
        var methods = concerned();
        if (!methods.isEmpty()) {
            LoggerFactory.getLogger(AsyncTimeoutWarning.class)
                    .warn(
                            "A picture may take minutes, but the container ends an asynchronous response after 30 seconds and cancels"
                                    + " what it waits for, which may be paid for: set {} (-1 for no limit). Concerned: {}",
                            PROPERTY,
                            String.join(", ", methods));
        }
    }

    private List<String> concerned() {
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
                .filter(method -> isAwaited(method.getReturnType()))
                .map(HandlerMethod::getShortLogMessage)
                .sorted()
                .limit(MOST_NAMES)
                .toList();
    }

    private static boolean isAwaited(MethodParameter returned) {
        var type = ResolvableType.forMethodParameter(returned);
        var body = HttpEntity.class.isAssignableFrom(type.toClass()) ? type.getGeneric() : type;
        var adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(body.toClass());
        return adapter != null && !adapter.isMultiValue() && !adapter.isNoValue();
    }
}
