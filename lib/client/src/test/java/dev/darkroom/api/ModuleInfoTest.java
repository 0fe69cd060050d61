package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.GatewayProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the module says, held against what the jar says on the class path. */
class ModuleInfoTest {

    @Test
    void theModuleProvidesTheGatewaysThatTheClassPathDoes() throws IOException {
        var module = Files.readString(Path.of("src/main/java/module-info.java"));
        var provided = module.substring(module.indexOf("provides"));
        var services = Path.of("src/main/resources/META-INF/services").resolve(GatewayProvider.class.getName());
        assertThat(Pattern.compile("dev[.]darkroom[.]internal[.][\\w.]+")
                        .matcher(provided)
                        .results()
                        .map(MatchResult::group))
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
