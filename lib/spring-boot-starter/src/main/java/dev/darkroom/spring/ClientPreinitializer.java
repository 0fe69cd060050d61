package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.gateway.OpenRouter;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.util.ClassUtils;

/**
 * Loads what a client is made of while the application starts, on Spring Boot's own thread for that: in a servlet application nobody
 * else brings Netty up, which is most of what a client costs. Whatever goes wrong here goes wrong again, and is told, where the
 * client is made.
 */
final class ClientPreinitializer implements BackgroundPreinitializer {

    /** By which Spring Boot, too, tells a servlet application; a reactive one has Netty anyway. */
    private static final String SERVLET = "org.springframework.web.servlet.DispatcherServlet";

    @Override
    public void preinitialize() {
        if (ClassUtils.isPresent(SERVLET, null)) {
            ImageClient.named(OpenRouter.NAME, "sk-none").close();
        }
    }
}
