package dev.darkroom;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** What a room may know of others' libraries, and what its classes are called; {@link ArrowsTest} has the arrows between rooms. */
class ArchitectureTest {

    static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(ImageClient.class.getProtectionDomain().getCodeSource().getLocation());

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
                        "dev.darkroom.internal.decode",
                        "dev.darkroom.internal.call")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("reactor.netty..")
                .check(CLASSES);
    }

    /** Reactor interrupts what is cancelled, an interrupt closes a channel on the thread that cancels, and that waits for the disk. */
    @Test
    void filesAreReadAndWrittenByStreamsWhichNoInterruptCloses() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.channels.FileChannel")
                .check(CLASSES);
    }

    /** For a companion that fails it leaves its source alive, so what should have ended goes on; a race, or an operator of ours, ends it. */
    @Test
    void nothingIsEndedByTakeUntilOther() {
        noClasses().should().callMethodWhere(target(name("takeUntilOther"))).check(CLASSES);
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
    void wireAndDecodersArePlainObjects() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.darkroom.internal.wire", "dev.darkroom.internal.decode")
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
