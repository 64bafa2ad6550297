package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The emulator's libraries are under names of their own: the program's versions are the ones that its classes see. */
class YourLibrariesTest {

    @Test
    void jacksonAndNettyAreTheProgramsOwn() {
        assertThat(com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION.toString()).isEqualTo("2.15.4");
        assertThat(io.netty.util.Version.identify().get("netty-common").artifactVersion()).startsWith("4.1.");
    }

    @Test
    void nothingOfTheEmulatorsComesUnderItsOldName() {
        for (String name : new String[] {
            "org.bouncycastle.asn1.ASN1Object", "com.nimbusds.jwt.JWT", "com.github.benmanes.caffeine.cache.Cache"
        }) {
            assertThatThrownBy(() -> Class.forName(name)).as(name).isInstanceOf(ClassNotFoundException.class);
        }
    }
}
