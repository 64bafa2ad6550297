package io.pileus.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WithoutSdkTest {

    private static URLClassLoader withoutSdk() throws Exception {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("awssdk")) {
                path.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PileusExtension", "PileusClient", "ClientType", "Configuration", "PileusTest"})
    void aClassLinksWithoutTheSdk(String name) throws Exception {
        try (URLClassLoader loader = withoutSdk()) {
            Class<?> type = Class.forName("io.pileus.junit5." + name, true, loader);
            assertThat(type.getClassLoader()).isSameAs(loader);
            assertThat(type.getMethods()).isNotEmpty();
        }
    }

    @Test
    void theSdkIsReallyMissing() throws Exception {
        try (URLClassLoader loader = withoutSdk()) {
            assertThatThrownBy(() -> loader.loadClass("software.amazon.awssdk.core.SdkClient"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }
}
