package dev.darkroom;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rooms and their arrows. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.darkroom");

    @Test
    void arrowsBetweenRoomsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("door")
                .definedBy("dev.darkroom")
                .layer("call")
                .definedBy("dev.darkroom.call")
                .layer("gate")
                .definedBy("dev.darkroom.gate")
                .layer("http")
                .definedBy("dev.darkroom.http")
                .layer("wire")
                .definedBy("dev.darkroom.wire")
                .layer("dialect")
                .definedBy("dev.darkroom.dialect")
                .layer("image")
                .definedBy("dev.darkroom.image")
                .whereLayer("door")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("call")
                .mayOnlyBeAccessedByLayers("door")
                .whereLayer("gate")
                .mayOnlyBeAccessedByLayers("call", "door")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("call", "door")
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers("http", "dialect", "call", "door")
                .whereLayer("dialect")
                .mayOnlyBeAccessedByLayers("http", "call", "door")
                .check(CLASSES);
    }

    @Test
    void dialectsKnowNeitherReactorNorNetty() {
        noClasses()
                .that()
                .resideInAPackage("dev.darkroom.dialect")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("reactor..", "io.netty..", "org.reactivestreams..")
                .check(CLASSES);
    }

    @Test
    void ofTheWireADialectKnowsOnlyPayloads() {
        noClasses()
                .that()
                .resideInAPackage("dev.darkroom.dialect")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.darkroom\\.wire\\.(?!Payload$|Blob$|package-info).*")
                .check(CLASSES);
    }

    @Test
    void onlyTheTransportAndTheDoorKnowReactorNetty() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.darkroom.image",
                        "dev.darkroom.wire",
                        "dev.darkroom.gate",
                        "dev.darkroom.dialect",
                        "dev.darkroom.call")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("reactor.netty..")
                .check(CLASSES);
    }

    @Test
    void noBufferOfNettyLeavesWireAndHttpButForADecoderThatReadsIt() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.darkroom", "dev.darkroom.image", "dev.darkroom.gate", "dev.darkroom.dialect")
                .and()
                .doNotHaveSimpleName("LibraryVersions") // asks a class of Netty for its version, and for nothing else
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void wireIsPlainObjects() {
        noClasses()
                .that()
                .resideInAPackage("dev.darkroom.wire")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("reactor..", "org.reactivestreams..", "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager)$")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .orShould()
                .haveSimpleNameStartingWith("Default")
                .check(CLASSES);
    }

    @Test
    void everyClassIsFinalOrMeantToBeExtended() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .orShould()
                .haveModifier(JavaModifier.ABSTRACT)
                .check(CLASSES);
    }
}
