package dev.darkroom.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomsTest {

    private static final JavaClasses EMULATOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.darkroom.emulator");

    private static final List<String> DIALECTS =
            List.of("openrouter", "token360", "myrouter", "openai", "ark", "minimax");

    @Test
    void theJudgeKnowsNothingOfTheAccused() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are ours, but not the emulator's",
                        type -> type.getPackageName().startsWith("dev.darkroom")
                                && !type.getPackageName().startsWith("dev.darkroom.emulator")))
                .check(EMULATOR);
    }

    @Test
    void arrowsBetweenRoomsHaveNoCycles() {
        slices().matching("dev.darkroom.emulator.(*)..")
                .should()
                .beFreeOfCycles()
                .check(EMULATOR);
        noClasses()
                .that()
                .resideInAPackage("dev.darkroom.emulator.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.darkroom.emulator")
                .check(EMULATOR);
    }

    @Test
    void noDialectKnowsAnother() {
        for (var dialect : DIALECTS) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.darkroom.emulator." + dialect)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(DIALECTS.stream()
                            .filter(other -> !other.equals(dialect))
                            .map("dev.darkroom.emulator."::concat)
                            .toArray(String[]::new))
                    .check(EMULATOR);
        }
    }

    @Test
    void aDialectShowsItsDoorOnly() {
        for (var dialect : DIALECTS) {
            assertThat(EMULATOR.stream()
                            .filter(type -> type.getPackageName().equals("dev.darkroom.emulator." + dialect))
                            .filter(type -> type.isTopLevelClass()
                                    && type.getModifiers().contains(JavaModifier.PUBLIC)))
                    .as(dialect)
                    .hasSize(1);
        }
    }

    @Test
    void onlyTheServerKnowsNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.darkroom.emulator.server")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "reactor.netty..")
                .check(EMULATOR);
    }

    @Test
    void pictureDrawingKnowsNoReactorAndNoJson() {
        noClasses()
                .that()
                .resideInAPackage("dev.darkroom.emulator.picture")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("reactor..", "tools.jackson..")
                .check(EMULATOR);
    }

    @Test
    void whatIsPublicIsFinal() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(EMULATOR);
    }
}
