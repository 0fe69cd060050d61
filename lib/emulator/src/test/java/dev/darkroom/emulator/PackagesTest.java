package dev.darkroom.emulator;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.darkroom.testsupport.FileCircles;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackagesTest {

    private static final JavaClasses EMULATOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.darkroom.emulator");

    private static final String ENTRY = "dev.darkroom.emulator";

    /** From package to packages; the entry itself may know all. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("gateway", Set.of("gateway.common", "gateway.*")),
            Map.entry(
                    "gateway.*",
                    Set.of(
                            "gateway.common",
                            "gateway.common.openai",
                            "gateway.common.responses",
                            "gateway.common.seedream",
                            "server",
                            "picture",
                            "journal",
                            "fault")),
            Map.entry("gateway.common", Set.of("server", "quota", "picture", "journal", "fault")),
            Map.entry("gateway.common.openai", Set.of("gateway.common", "server", "picture", "fault")),
            Map.entry(
                    "gateway.common.responses",
                    Set.of("gateway.common", "gateway.common.openai", "server", "picture", "journal", "fault")),
            Map.entry("gateway.common.seedream", Set.of("gateway.common", "picture")),
            Map.entry("server", Set.of("journal", "fault")),
            Map.entry("journal", Set.of("fault")),
            Map.entry("fault", Set.of()),
            Map.entry("quota", Set.of()),
            Map.entry("picture", Set.of()));

    private static final DescribedPredicate<JavaClass> COMMON =
            resideInAPackage("dev.darkroom.emulator.gateway.common..");

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
    void aPackageKnowsThoseBelowItAndNoOthers() {
        var others = EMULATOR.stream()
                .filter(type -> !type.getPackageName().equals(ENTRY))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(arrow -> arrow.getTargetClass().getPackageName().startsWith(ENTRY))
                .filter(arrow -> !mayKnow(name(arrow.getOriginClass()), name(arrow.getTargetClass())))
                .map(Dependency::getDescription);

        assertThat(others).isEmpty();
    }

    private static boolean mayKnow(String from, String to) {
        return from.equals(to) || ARROWS.getOrDefault(from, Set.of()).contains(to);
    }

    /** The package below the entry; all gateways have one name. */
    private static String name(JavaClass type) {
        var name = type.getBaseComponentType().getPackageName().replace(ENTRY + ".", "");
        return name.startsWith("gateway.") && !name.startsWith("gateway.common") ? "gateway.*" : name;
    }

    @Test
    void noPackageIsPartOfACircle() {
        slices().matching("dev.darkroom.emulator.(**)")
                .should()
                .beFreeOfCycles()
                .check(EMULATOR);
    }

    @Test
    void noFileIsPartOfACircle() {
        assertThat(FileCircles.of(ImageEmulator.class)).isEmpty();
    }

    @Test
    void noGatewayKnowsAnother() {
        slices().matching("dev.darkroom.emulator.gateway.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), COMMON)
                .check(EMULATOR);
    }

    @Test
    void everyGatewayHasAFolderOfItsNameOrAWordOfItAndOnePublicClass() {
        try (var emulator = ImageEmulator.create().start()) {
            var folders = EMULATOR.stream()
                    .filter(resideInAPackage("dev.darkroom.emulator.gateway.*").and(not(COMMON)))
                    .filter(type ->
                            type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                    .map(type -> type.getPackageName().substring("dev.darkroom.emulator.gateway.".length()));

            assertThat(folders.toList())
                    .hasSameSizeAs(emulator.gateways())
                    .allMatch(folder -> emulator.gateways().stream()
                            .anyMatch(name -> List.of(name.split("-")).contains(folder)));
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
