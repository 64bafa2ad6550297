package io.pileus.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.Parameter;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.loader.ModelAssembler;

/** One model to generate from, as the module's POM configures it. */
public final class ModelSource {

    /**
     * The model's file, relative to the module, or several separated by commas; absent when the model comes from the
     * plugin's dependencies.
     */
    @Parameter
    private String file;

    /** The service's shape id; needed only where the model holds several services. */
    @Parameter
    private String service;

    /** What the generated operations interface and API are called: {@code Sqs} gives SqsOperations and SqsApi. */
    @Parameter(required = true)
    private String name;

    /** The Java package to generate into. */
    @Parameter(name = "package", property = "package", required = true)
    private String packageName;

    /** Operations that may take their time and return a CompletionStage, separated by commas. */
    @Parameter
    private String waiting = "";

    /** Operations that run on the worker pool, separated by commas. */
    @Parameter
    private String offloaded = "";

    public void setPackage(String value) {
        this.packageName = value;
    }

    String name() {
        return name;
    }

    String packageName() {
        return packageName;
    }

    String service() {
        return service;
    }

    Set<String> waiting() {
        return names(waiting);
    }

    Set<String> offloaded() {
        return names(offloaded);
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(String::trim)
                .filter(n -> !n.isEmpty())
                .collect(Collectors.toSet());
    }

    private Set<String> files() {
        return names(file == null ? "" : file);
    }

    /** Reads and validates the model; an invalid one ends the build. */
    Model load(Path module) {
        ModelAssembler assembler = Model.assembler(ModelSource.class.getClassLoader())
                .discoverModels(ModelSource.class.getClassLoader())
                .putProperty(ModelAssembler.ALLOW_UNKNOWN_TRAITS, true);
        for (String name : files()) {
            assembler.addImport(module.resolve(name));
        }
        return assembler.assemble().unwrap();
    }

    String stamp(Path module) throws IOException {
        StringBuilder content = new StringBuilder();
        for (String name : files()) {
            content.append(Stamp.of(Files.readAllBytes(module.resolve(name))));
        }
        return String.join(" ", content, name, String.valueOf(service), packageName, waiting, offloaded);
    }
}
