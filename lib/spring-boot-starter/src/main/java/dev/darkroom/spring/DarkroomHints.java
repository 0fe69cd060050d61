package dev.darkroom.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image must keep: the client finds its gateways by a service file, which a native image reads while it is built; the emulator reads its catalogue and finds its WebP
 * encoder by a service file.
 */
final class DarkroomHints implements RuntimeHintsRegistrar {

    private static final String EMULATOR = "dev/darkroom/emulator/gateway/openrouter/Catalogue.class";

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        var loader = classLoader == null ? DarkroomHints.class.getClassLoader() : classLoader;
        if (loader.getResource(EMULATOR) == null) {
            return;
        }
        hints.resources()
                .registerPattern("dev/darkroom/emulator/gateway/openrouter/catalogue.json")
                .registerPattern("META-INF/services/javax.imageio.spi.*")
                .registerPattern("native/**");
        for (var spi : new String[] {"WebPImageReaderSpi", "WebPImageWriterSpi"}) {
            hints.reflection()
                    .registerTypeIfPresent(
                            loader, "com.luciad.imageio.webp." + spi, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
        }
    }
}
