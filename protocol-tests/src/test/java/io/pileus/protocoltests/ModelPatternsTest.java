package io.pileus.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.smithy.model.node.Node;

/** The patterns of all services' models are patterns of Java too; they are compiled only when first needed. */
class ModelPatternsTest {
    private static final Pattern TRAIT = Pattern.compile("@pattern\\((\"(?:[^\"\\\\]|\\\\.)*\")\\)");

    @Test
    void everyPatternCompiles() throws IOException {
        List<String> broken = new ArrayList<>();
        int patterns = 0;
        for (Path model : models()) {
            Matcher traits = TRAIT.matcher(Files.readString(model));
            while (traits.find()) {
                patterns++;
                String pattern = Node.parse(traits.group(1)).expectStringNode().getValue();
                try {
                    Pattern.compile(pattern);
                } catch (PatternSyntaxException e) {
                    broken.add(model.getFileName() + ": " + pattern);
                }
            }
        }

        assertThat(patterns).isGreaterThan(100);
        assertThat(broken).isEmpty();
    }

    private static List<Path> models() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            List<Path> found = new ArrayList<>();
            for (Path module : modules.toList()) {
                Path folder = module.resolve("src/main/smithy");
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> files = Files.list(folder)) {
                        files.filter(f -> f.toString().endsWith(".smithy")).forEach(found::add);
                    }
                }
            }
            return found;
        }
    }
}
