package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageGenerator;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

/** An application that was processed ahead of time runs as in a native image, and on a JVM with {@code spring.aot.enabled}. */
class ProcessedApplicationTest {

    private static final TestPropertyValues PROPERTIES = TestPropertyValues.of(
            "darkroom.emulator.enabled=true",
            "darkroom.emulator.latency=0s",
            "darkroom.clients.posters.drop-unsupported-options=true");

    @TempDir
    private Path folder;

    @Test
    void itPaintsWithItsDecoratorAndItsNamedClients() throws Exception {
        var initializer = process();
        compile();

        try (var loader = new URLClassLoader(everything(), ClassLoader.getPlatformClassLoader())) {
            var thread = Thread.currentThread();
            var before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                var images = loader.loadClass(Painting.class.getName())
                        .getMethod("images", String.class)
                        .invoke(null, initializer);
                assertThat(images).isEqualTo(List.of("posters", 1));
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    private String process() {
        var generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get("example", "Application")), new FileSystemGeneratedFiles(folder));
        try (var context = new AnnotationConfigApplicationContext()) {
            PROPERTIES.applyTo(context);
            context.register(Decorated.class, DarkroomAutoConfiguration.class, EmulatorAutoConfiguration.class);
            var initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            generation.writeGeneratedContent();
            return initializer.reflectionName();
        }
    }

    private void compile() throws IOException {
        var arguments = new ArrayList<>(List.of(
                "-nowarn",
                "-proc:none",
                "-parameters",
                "-d",
                Files.createDirectories(classes()).toString(),
                "-classpath",
                System.getProperty("java.class.path") + File.pathSeparator + classes()));
        try (var sources = Files.walk(folder.resolve("sources"))) {
            sources.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    /** One loader for all, or what is generated into a package would not belong to it. */
    private URL[] everything() {
        var places = new ArrayList<URL>();
        places.add(url(classes()));
        places.add(url(folder.resolve("resources")));
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> url(Path.of(entry)))
                .forEach(places::add);
        return places.toArray(URL[]::new);
    }

    private static URL url(Path place) {
        try {
            return place.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Runs in a loader of its own. */
    public static final class Painting {

        private Painting() {}

        /** What the processed application calls its named client, and how many images it makes. */
        @SuppressWarnings("unchecked")
        public static List<Object> images(String initializer) throws ReflectiveOperationException {
            try (var context = new GenericApplicationContext()) {
                PROPERTIES.applyTo(context);
                var type = Class.forName(initializer, true, Painting.class.getClassLoader())
                        .asSubclass(ApplicationContextInitializer.class);
                ((ApplicationContextInitializer<GenericApplicationContext>)
                                type.getConstructor().newInstance())
                        .initialize(context);
                context.refresh();
                var generator = context.getBean(ImageGenerator.class);
                assertThat(generator).isSameAs(context.getBean("decorated"));
                assertThat(context.getBean(ImageClient.class)).isSameAs(context.getBean("imageClient"));
                var made =
                        generator.result(DarkroomAutoConfigurationTest.REQUEST).block(Duration.ofMinutes(1));
                var posters = context.getBean("posters", ImageClient.class).toString();
                return List.of(
                        posters.contains(", posters, ") ? "posters" : posters,
                        made.images().size());
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Decorated {
        @Bean
        ImageGenerator decorated(ImageClient images) {
            return request -> images.generate(request);
        }
    }
}
