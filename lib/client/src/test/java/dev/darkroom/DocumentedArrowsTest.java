package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testsupport.Documents;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The map of the house draws the arrows that {@link ArrowsTest} checks. */
class DocumentedArrowsTest {

    private static final Pattern ROOM =
            Pattern.compile("(?m)^\\| `dev\\.darkroom\\.([.\\w]+)` \\| .* \\| (none|(?:`[.\\w]+` ?)+) \\|$");
    private static final Pattern NAME = Pattern.compile("`([.\\w]+)`");

    @Test
    void theMapSaysWhoKnowsWhom() {
        var map = Documents.read(Documents.root().resolve("lib/docs/architecture.md"));
        var drawn = ROOM.matcher(map)
                .results()
                .collect(Collectors.toMap(
                        room -> room.group(1).replace("internal.gateway", "internal.gateway.*"),
                        DocumentedArrowsTest::known));
        assertThat(drawn).containsExactlyInAnyOrderEntriesOf(ArrowsTest.ARROWS);
    }

    private static Set<String> known(MatchResult room) {
        return NAME.matcher(room.group(2)).results().map(name -> name.group(1)).collect(Collectors.toSet());
    }
}
