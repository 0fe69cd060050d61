package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.GatewayProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JacksonModule;

/** What the module says, held against what the jar says on the class path. */
class ModuleInfoTest {

    @ParameterizedTest
    @ValueSource(classes = {GatewayProvider.class, JacksonModule.class})
    void theModuleProvidesWhatTheClassPathDoes(Class<?> service) throws IOException {
        var module = Files.readString(Path.of("src/main/java/module-info.java"));
        var provided = module.substring(module.indexOf("provides " + service.getName()));
        var services = Path.of("src/main/resources/META-INF/services").resolve(service.getName());
        assertThat(Pattern.compile("(?<=\\s)dev[.]darkroom[.][\\w.]+(?=[,;])")
                        .matcher(provided.substring(0, provided.indexOf(';') + 1))
                        .results()
                        .map(MatchResult::group))
                .isNotEmpty()
                .containsExactlyElementsOf(Files.readAllLines(services));
    }

    @Test
    void everyExportedPackageExistsAndNoneIsInternal() {
        assertThat(ExportedPackages.names())
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(Path.of("src/main/java", name.split("[.]"))).isDirectory())
                .noneMatch(name -> name.startsWith("dev.darkroom.internal"));
    }
}
