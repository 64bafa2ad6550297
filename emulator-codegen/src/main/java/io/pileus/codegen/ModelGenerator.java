package io.pileus.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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
import software.amazon.smithy.model.transform.ModelTransformer;

/** Generates the package of one service: every shape that its operations reach, its operations interface and its API. */
final class ModelGenerator {
    static final String UNIT = "smithy.api#Unit";

    private final ModelSource source;
    private final Model model;
    private final ServiceShape service;

    ModelGenerator(ModelSource source, Model model) {
        this.source = source;
        ServiceShape named = source.service() != null
                ? model.expectShape(ShapeId.from(source.service()), ServiceShape.class)
                : onlyService(model);
        this.model = renamed(model, named);
        this.service = this.model.expectShape(named.getId(), ServiceShape.class);
    }

    /** Shapes of other namespaces have the names that the service gives them. */
    private static Model renamed(Model model, ServiceShape service) {
        Map<ShapeId, ShapeId> names = new HashMap<>();
        service.getRename().forEach((shape, name) -> names.put(shape, ShapeId.fromParts(shape.getNamespace(), name)));
        return names.isEmpty() ? model : ModelTransformer.create().renameShapes(model, names);
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
        if (shape.hasTrait(TraitDefinition.class) || shape.getId().toString().equals(UNIT) && !heldByUnion()) {
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

    /** Unions have members without a value; operations without input or output get records of their own. */
    private boolean heldByUnion() {
        return new Walker(model)
                .walkShapes(service).stream()
                        .filter(UnionShape.class::isInstance)
                        .flatMap(union -> union.members().stream())
                        .anyMatch(member -> member.getTarget().toString().equals(UNIT));
    }

    /** An operation without input or output gets an empty record of its own, so that all operations look alike. */
    private int unitShape(Path folder, OperationShape operation, ShapeId shape, String suffix) throws IOException {
        if (!shape.toString().equals(UNIT)) {
            return 0;
        }
        String name = operation.getId().getName() + suffix;
        StructureShape empty = StructureShape.builder().id(UNIT).build();
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
