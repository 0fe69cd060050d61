package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.testsupport.Documents;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table of gateways is the list that everything else reads. */
class DocumentedGatewaysTest {

    private static final Pattern NAME = Pattern.compile("`([a-z0-9-]+)`");
    private static final Pattern FACTORY = Pattern.compile("`ImageClient\\.(\\w+)\\(key\\)`");

    private static Stream<String> rows() {
        var readme = Documents.read(Documents.root().resolve("README.md"));
        var from = readme.indexOf("\n## Gateways");
        return readme.substring(from, readme.indexOf("\n## ", from + 1))
                .lines()
                .filter(line -> line.startsWith("|") && !line.startsWith("|---") && !line.contains("| name |"));
    }

    @Test
    void theTableNamesEveryGatewayInItsOrder() {
        assertThat(rows().map(row -> row.split("\\|")[2])
                        .flatMap(cell -> NAME.matcher(cell).results().map(name -> name.group(1))))
                .containsExactlyElementsOf(
                        Gateways.all().stream().map(GatewayProvider::name).toList());
    }

    @Test
    void everyFactoryThatTakesAKeyAloneIsInIt() {
        assertThat(rows().flatMap(row -> FACTORY.matcher(row).results())
                        .map(MatchResult::group)
                        .map(call -> call.replaceAll(".*\\.|\\(.*", "")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ImageClient.class.getMethods())
                        .filter(method -> Modifier.isStatic(method.getModifiers()))
                        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
                        .map(Method::getName)
                        .toList());
    }
}
