package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.image.ImageRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.NativeDetector;

/**
 * Loads what a call is made of, Netty above all, when the application is ready: its start need not wait for it, nor the first picture. On
 * a thread of its own, once in a JVM, by a call of a client that is closed: it goes as far as a call can without a connection.
 */
final class ClientWarmUp implements ApplicationListener<ApplicationReadyEvent> {

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        if (!NativeDetector.inNativeImage() && BEGUN.compareAndSet(false, true)) {
            var thread = new Thread(ClientWarmUp::warmUp, "darkroom-warm-up");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Whatever goes wrong here goes wrong again, and is told, where somebody calls. */
    static void warmUp() {
        try {
            var client = ImageClient.named(OpenRouter.NAME, "sk-none");
            client.close();
            client.generate(ImageRequest.of("none", "none")).subscribe(event -> {}, closed -> {});
        } catch (RuntimeException | LinkageError e) {
            LoggerFactory.getLogger(ClientWarmUp.class).debug("Image clients are loaded when they are used", e);
        }
    }
}
