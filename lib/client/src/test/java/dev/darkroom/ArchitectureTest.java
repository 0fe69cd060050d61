package dev.darkroom;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The rooms and their arrows. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(ImageClient.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void arrowsBetweenRoomsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("door")
                .definedBy("dev.darkroom")
                .layer("call")
                .definedBy("dev.darkroom.internal.call")
                .layer("queue")
                .definedBy("dev.darkroom.internal.gate")
                .layer("http")
                .definedBy("dev.darkroom.internal.http")
                .layer("wire")
                .definedBy("dev.darkroom.internal.wire")
                .layer("gateways")
                .definedBy("dev.darkroom.internal.gateway..")
                .layer("gate")
                .definedBy("dev.darkroom.gate")
                .layer("dialect")
                .definedBy("dev.darkroom.dialect")
                .layer("image")
                .definedBy("dev.darkroom.image")
                .whereLayer("door")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("call")
                .mayOnlyBeAccessedByLayers("door")
                .whereLayer("queue")
                .mayOnlyBeAccessedByLayers("door")
                .whereLayer("gateways")
                .mayOnlyBeAccessedByLayers("door")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("call", "door")
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers("http", "call", "door")
                .whereLayer("gate")
                .mayOnlyBeAccessedByLayers("queue", "call", "door")
                .whereLayer("dialect")
                .mayOnlyBeAccessedByLayers("gateways", "wire", "http", "call", "door")
                .whereLayer("image")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void noGatewayKnowsAnother() {
        slices().matching("dev.darkroom.internal.gateway.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAPackage("dev.darkroom.internal.gateway.common"))
                .check(CLASSES);
    }

    @Test
    void packagesStandInNoCircle() {
        slices().matching("dev.darkroom.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void dialectsKnowNeitherReactorNorNetty() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.darkroom.dialect", "dev.darkroom.internal.gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("reactor..", "io.netty..", "org.reactivestreams..")
                .check(CLASSES);
    }

    @Test
    void onlyTheTransportAndTheDoorKnowReactorNetty() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.darkroom.image",
                        "dev.darkroom.internal.wire",
                        "dev.darkroom.gate",
                        "dev.darkroom.internal.gate",
                        "dev.darkroom.dialect",
                        "dev.darkroom.internal.gateway..",
                        "dev.darkroom.internal.call")
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
                .resideInAPackage("dev.darkroom.internal.wire")
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
