package dev.darkroom.spring.web;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.accept.ContentNegotiationManager;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Puts the handler of events before Spring's own, which would take them for any stream: those that an application adds come behind. */
final class EventReturnValueInstaller implements BeanPostProcessor {

    private final ObjectProvider<EventSettings> settings;

    EventReturnValueInstaller(ObjectProvider<EventSettings> settings) {
        this.settings = settings;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof RequestMappingHandlerAdapter adapter && adapter.getReturnValueHandlers() != null) {
            List<HandlerMethodReturnValueHandler> handlers = new ArrayList<>();
            handlers.add(new EventReturnValueHandler(settings.getObject(), new ContentNegotiationManager()));
            handlers.addAll(adapter.getReturnValueHandlers());
            adapter.setReturnValueHandlers(handlers);
        }
        return bean;
    }
}
