package io.pileus.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.knowledge.TopDownIndex;
import software.amazon.smithy.model.neighbor.Walker;
import software.amazon.smithy.model.shapes.EnumShape;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.ServiceShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeId;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.shapes.UnionShape;
import software.amazon.smithy.model.traits.ErrorTrait;
import software.amazon.smithy.model.traits.TraitDefinition;

/** Generates the package of one service: every shape that its operations reach, its operations interface and its API. */
final class ModelGenerator {
    static final String UNIT = "smithy.api#Unit";

    private final ModelSource source;
    private final Model model;
    private final ServiceShape service;

    ModelGenerator(ModelSource source, Model model) {
        this.source = source;
        this.model = model;
        this.service = source.service() != null
                ? model.expectShape(ShapeId.from(source.service()), ServiceShape.class)
                : onlyService(model);
    }

    private static ServiceShape onlyService(Model model) {
        var services = model.getServiceShapes();
        if (services.size() != 1) {
            throw new IllegalArgumentException("the model has " + services.size() + " services; configure which");
        }
        return services.iterator().next();
    }

    int generateInto(Path folder) throws IOException {
        int files = 0;
        Set<Shape> reached = new TreeSet<>(new Walker(model).walkShapes(service));
        Members members = new Members(model);
        for (Shape shape : reached) {
            String code = code(shape, members);
            if (code != null) {
                write(folder, JavaNames.className(shape), code);
                files++;
            }
        }
        for (OperationShape operation : new TreeSet<>(TopDownIndex.of(model).getContainedOperations(service))) {
            files += unitShape(folder, operation, operation.getInputShape(), "Request");
            files += unitShape(folder, operation, operation.getOutputShape(), "Response");
        }
        ApiGenerator api = new ApiGenerator(source, model, service);
        write(folder, source.name() + "Operations", api.operations());
        write(folder, source.name() + "Api", api.api());
        Files.writeString(
                folder.resolve("package-info.java"),
                "/** The API of " + service.getId().getName() + ", version " + service.getVersion()
                        + ", generated from its Smithy model. */\n@org.jspecify.annotations.NullMarked\npackage "
                        + source.packageName() + ";\n");
        return files + 2;
    }

    private String code(Shape shape, Members members) {
        if (shape.hasTrait(TraitDefinition.class) || shape.getId().toString().equals(UNIT)) {
            return null;
        }
        if (shape instanceof StructureShape structure) {
            return structure.hasTrait(ErrorTrait.class)
                    ? new ErrorGenerator(structure, members).code()
                    : new StructureGenerator(JavaNames.className(structure), structure, members).code();
        }
        if (shape instanceof UnionShape union) {
            return new UnionGenerator(union, members).code();
        }
        return shape instanceof EnumShape values ? new EnumGenerator(values).code() : null;
    }

    /** An operation without input or output gets an empty record of its own, so that all operations look alike. */
    private int unitShape(Path folder, OperationShape operation, ShapeId shape, String suffix) throws IOException {
        if (!shape.toString().equals(UNIT)) {
            return 0;
        }
        String name = operation.getId().getName() + suffix;
        StructureShape empty = StructureShape.builder()
                .id(ShapeId.fromParts(operation.getId().getNamespace(), name))
                .build();
        write(folder, name, new StructureGenerator(name, empty, new Members(model)).code());
        return 1;
    }

    private void write(Path folder, String className, String code) throws IOException {
        Files.writeString(
                folder.resolve(className + ".java"),
                "// Generated from the Smithy model of " + service.getId().getName() + ".\npackage "
                        + source.packageName() + ";\n\n" + code);
    }
}
