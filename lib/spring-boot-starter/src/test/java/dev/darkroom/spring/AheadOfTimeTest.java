package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** The beans of an application, processed ahead of time as for a native image. */
class AheadOfTimeTest {

    private static RuntimeHints hints(String... properties) {
        var application = ClassName.get("example", "Application");
        var generation =
                new DefaultGenerationContext(new ClassNameGenerator(application), new InMemoryGeneratedFiles());
        try (var context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of(properties).applyTo(context);
            context.register(DarkroomAutoConfiguration.class, EmulatorAutoConfiguration.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            return generation.getRuntimeHints();
        }
    }

    @Test
    void allPropertiesCanBeBound() {
        var hints = hints(
                "darkroom.api-key=sk-test",
                "darkroom.clients.posters.drop-unsupported-options=true",
                "darkroom.emulator.enabled=true");

        for (var type : new Class<?>[] {
            ClientProperties.class,
            ClientProperties.Timeouts.class,
            ClientProperties.Connections.class,
            ClientProperties.Limits.class,
            ClientProperties.Downloads.class,
            ClientProperties.RateLimits.class,
            ClientProperties.Proxy.class,
            ClientProperties.Ssl.class,
            ClientProperties.Attribution.class,
            NamedClientProperties.class,
            EmulatorProperties.class
        }) {
            assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(type.getDeclaredConstructors()[0]))
                    .as(type.getSimpleName())
                    .accepts(hints);
        }
    }

    @Test
    void whatIsFixedAheadOfTimeCostsNoKey() {
        assertThat(hints()).isNotNull();
    }
}
