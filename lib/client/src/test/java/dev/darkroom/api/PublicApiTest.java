package dev.darkroom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What users can call stands in a file beside the sources, so that whoever reviews a change sees what it does to them. */
class PublicApiTest {

    private static final Path FILE =
            Path.of(System.getProperty("maven.basedir", ".")).resolve("src/main/api/public-api.txt");
    private static final String COMMAND = "mvn -q test -Papi -pl lib/client -am";

    @Test
    void thePublicApiIsWhatTheFileSays() throws IOException {
        var now = String.join("\n", PublicApi.lines()) + "\n";
        if (Boolean.getBoolean("api.update")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, now);
        }
        var said = Files.exists(FILE) ? Files.readString(FILE) : "";
        if (!now.equals(said)) {
            fail("The public API is no longer what " + FILE.getFileName() + " says:\n"
                    + String.join("\n", differences(said, now))
                    + "\nIf that is meant, this writes the file anew: " + COMMAND);
        }
    }

    @Test
    void nothingThatIsPromisedNamesWhatIsNot() {
        assertThat(PublicApi.lines()).noneMatch(line -> line.contains("dev.darkroom.internal."));
    }

    @Test
    void aDifferenceIsToldWithTheTypeItIsIn() {
        var before = "class A\n    int a()\n    int b()\n\nclass B\n    int a()\n";
        var after = "class A\n    int a()\n    long b()\n\nclass B\n    int a()\n    int c()\n\nclass C\n";
        assertThat(differences(before, after))
                .containsExactly(
                        "  class A", "-     int b()", "+     long b()", "  class B", "+     int c()", "+ class C");
    }

    @Test
    void aBlockSaysWhatItsUsersCompileAgainst() {
        assertThat(PublicApi.lines(List.of(Sample.class), List.of("dev.darkroom.api")))
                .containsExactly(
                        """
                        abstract sealed class dev.darkroom.api.PublicApiTest.Sample<T extends Comparable<T>>
                                implements Supplier<@Nullable T>
                                permits PublicApiTest.Sample.One""",
                        "    static final int LIMIT",
                        "    protected Sample()",
                        "    static <X extends Exception> void run(@Nullable String name, X... others) throws X",
                        "    abstract Map<String, @Nullable List<? super T>> all(byte @Nullable [] bytes)",
                        "    @Deprecated protected void drop(String other)",
                        "    @Nullable T get()",
                        "    org.assertj.core.api.Assertions ofOthers()",
                        """

                        record dev.darkroom.api.PublicApiTest.Sample.Inner
                                implements PublicApiTest.Sample.Kind""",
                        "    component @Nullable String name",
                        "    component List<Integer> sizes",
                        "    Inner(String name)",
                        "    static PublicApiTest.Sample.Inner of(String name)",
                        "    int count()",
                        """

                        sealed interface dev.darkroom.api.PublicApiTest.Sample.Kind
                                permits PublicApiTest.Sample.Inner""",
                        "    abstract int count()",
                        "    default int twice()");
    }

    @SuppressWarnings("unused")
    public abstract static sealed class Sample<T extends Comparable<T>> implements Supplier<@Nullable T> {
        public static final int LIMIT = 1;
        private int hidden;

        protected Sample() {}

        @SafeVarargs
        public static <X extends Exception> void run(@Nullable String name, X... others) throws X {}

        public abstract Map<String, @Nullable List<? super T>> all(byte @Nullable [] bytes);

        @Deprecated
        protected void drop(String other) {
            hidden++;
        }

        @Override
        public @Nullable T get() {
            return null;
        }

        public org.assertj.core.api.Assertions ofOthers() {
            throw new UnsupportedOperationException();
        }

        void ours() {}

        static final class One extends Sample<String> {
            @Override
            public Map<String, @Nullable List<? super String>> all(byte @Nullable [] bytes) {
                return Map.of();
            }
        }

        public sealed interface Kind {
            int count();

            default int twice() {
                return 2 * count();
            }
        }

        public record Inner(@Nullable String name, List<Integer> sizes) implements Kind {
            public Inner(String name) {
                this(name, List.of());
            }

            public static Inner of(String name) {
                return new Inner(name);
            }

            @Override
            public int count() {
                return 1;
            }
        }
    }

    private static List<String> differences(String before, String after) {
        var were = blocks(before);
        var are = blocks(after);
        var all = new ArrayList<String>();
        were.forEach((head, block) -> {
            if (!are.containsKey(head)) {
                block.forEach(line -> all.add("- " + line));
            } else if (!block.equals(are.get(head))) {
                all.add("  " + head);
                block.stream().filter(line -> !are.get(head).contains(line)).forEach(line -> all.add("- " + line));
                are.get(head).stream().filter(line -> !block.contains(line)).forEach(line -> all.add("+ " + line));
            }
        });
        are.forEach((head, block) -> {
            if (!were.containsKey(head)) {
                block.forEach(line -> all.add("+ " + line));
            }
        });
        return all;
    }

    private static Map<String, List<String>> blocks(String text) {
        return Arrays.stream(text.split("\n\n"))
                .map(block -> block.lines().toList())
                .filter(block -> !block.isEmpty())
                .collect(Collectors.toMap(
                        block -> block.get(0), Function.identity(), (one, other) -> one, LinkedHashMap::new));
    }
}
