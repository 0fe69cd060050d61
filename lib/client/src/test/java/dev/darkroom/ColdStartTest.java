package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageRequest;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a JVM loads until its first picture is what its user waits for. */
class ColdStartTest {

    private static final String STREAM = """
            HTTP/1.1 200 OK\r
            Content-Type: text/event-stream\r
            Connection: close\r
            \r
            data: {"type":"image_generation.partial_image","b64_json":"%1$s","partial_image_index":0}

            data: {"type":"image_generation.completed","b64_json":"%1$s","usage":{"total_tokens":1}}

            """.formatted("iVBORw0KGgo" + "A".repeat(1500 * 4 + 1));

    @Test
    void aFirstPictureLoadsNoMapperAndNoGatewayButItsOwn() throws Exception {
        try (var server = new RawServer(STREAM);
                var fresh = new Fresh()) {
            first(fresh).accept(server.url("/").toString());

            assertThat(fresh.loaded)
                    .contains(ImageClient.class.getName(), "tools.jackson.core.json.JsonFactory")
                    .doesNotContain(
                            "tools.jackson.databind.ObjectMapper",
                            "dev.darkroom.internal.gateway.dashscope.DashScopeProvider");
        }
    }

    @SuppressWarnings("unchecked")
    private static Consumer<String> first(ClassLoader fresh) throws ReflectiveOperationException {
        return (Consumer<String>) fresh.loadClass(FirstPicture.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }

    /** Asks for a picture, and needs it. */
    public static final class FirstPicture implements Consumer<String> {

        @Override
        public void accept(String baseUrl) {
            try (var client = ImageClient.openRouter("sk-1").baseUrl(baseUrl)) {
                var last = client.generate(ImageRequest.of("a-model", "a lighthouse").stream(true))
                        .blockLast();
                if (last == null) {
                    throw new IllegalStateException("no picture");
                }
            }
        }
    }

    /** The same classes for a first time, and notes of which. */
    private static final class Fresh extends URLClassLoader {

        private final Set<String> loaded = ConcurrentHashMap.newKeySet();

        Fresh() throws Exception {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] classPath() throws Exception {
            var parts = System.getProperty("java.class.path").split(File.pathSeparator);
            var urls = new URL[parts.length];
            for (int i = 0; i < parts.length; i++) {
                urls[i] = Path.of(parts[i]).toUri().toURL();
            }
            return urls;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            loaded.add(name);
            return super.findClass(name);
        }
    }
}
