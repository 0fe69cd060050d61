package dev.darkroom.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import reactor.core.publisher.Mono;

/** Each test plays what JUnit does around a test that reads material. */
class MaterialTest {

    private static final String FOLDER = "dev.darkroom.testsupport.folder";
    private static final Set<String> ANNOUNCED = Set.of(NeedsMaterial.TAG);

    private final HouseRules rules = new HouseRules();

    @AfterEach
    void thereIsNoFolder() {
        System.clearProperty(FOLDER);
        Material.verdict();
    }

    private static byte[] read() {
        return Material.bytes(FOLDER, "file.json");
    }

    private void run(Set<String> tags, ThrowingCallable test) throws Throwable {
        Material.isAskedBy(tags);
        rules.interceptTestMethod(
                () -> {
                    test.call();
                    return null;
                },
                null,
                null);
    }

    private void assertSkipped(ThrowingCallable test) {
        assertThatExceptionOfType(TestAbortedException.class)
                .isThrownBy(() -> run(ANNOUNCED, test))
                .withMessage("no file.json");
    }

    @Test
    void whatIsThereIsRead(@TempDir Path folder) throws Throwable {
        Files.writeString(folder.resolve("file.json"), "{}");
        System.setProperty(FOLDER, folder.toString());
        run(ANNOUNCED, () -> assertThat(read()).hasSize(2));
    }

    @Test
    void aTestWithoutItsMaterialIsSkipped() {
        assertSkipped(MaterialTest::read);
        System.setProperty(FOLDER, "no/such/folder");
        assertSkipped(MaterialTest::read);
    }

    @Test
    void aTestThatTakesTheLackOfMaterialForTheFailureItWaitsForIsSkippedAllTheSame() {
        assertSkipped(() -> assertThatThrownBy(MaterialTest::read).isInstanceOf(IllegalStateException.class));
        assertSkipped(() -> assertThatThrownBy(MaterialTest::read).isInstanceOf(RuntimeException.class));
        assertSkipped(() -> assertThat(
                        Mono.fromCallable(MaterialTest::read).onErrorComplete().block())
                .isNull());
        assertSkipped(() -> {
            try {
                read();
            } catch (RuntimeException e) {
                throw new IllegalStateException("about something else", e);
            }
        });
    }

    @Test
    void aTestThatReadsMaterialWithoutSayingSoFailsEvenIfItDoesNotNotice() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(Set.of(), () -> assertThatThrownBy(MaterialTest::read)))
                .withMessage("file.json is read by a test without @NeedsMaterial");
    }

    @Test
    void oneTestsLackIsNotTheNextOnes() {
        assertSkipped(MaterialTest::read);
        assertThatCode(() -> run(Set.of(), () -> {})).doesNotThrowAnyException();
    }
}
