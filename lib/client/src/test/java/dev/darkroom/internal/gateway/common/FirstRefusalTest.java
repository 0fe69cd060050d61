package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

class FirstRefusalTest {

    @Test
    void theFirstRefusalOfAllWaitsForNobodysLock() throws Exception {
        var parts = System.getProperty("java.class.path").split(File.pathSeparator);
        var classes = new URL[parts.length];
        for (int i = 0; i < parts.length; i++) {
            classes[i] = Path.of(parts[i]).toUri().toURL();
        }
        // a first time happens once in a class loader
        try (var fresh = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
            @SuppressWarnings("unchecked")
            var refusal = (Consumer<Executor>) fresh.loadClass(FirstRefusal.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThatCode(() -> refusal.accept(Schedulers.parallel()::schedule))
                    .as("BlockHound watches the event loop")
                    .doesNotThrowAnyException();
        }
    }
}
