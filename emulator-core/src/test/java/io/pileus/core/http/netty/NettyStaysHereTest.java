package io.pileus.core.http.netty;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class NettyStaysHereTest {
    @Test
    void onlyTheHttpFrontEndSeesNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.pileus.core.http.netty..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.pileus"));
    }

    @Test
    void theCleartextPathKnowsNoBouncyCastle() {
        noClasses()
                .that()
                .resideInAPackage("io.pileus.core.http.netty..")
                .and()
                .doNotHaveSimpleName("SelfSignedCertificate")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.pileus.core.http.netty"));
    }
}
