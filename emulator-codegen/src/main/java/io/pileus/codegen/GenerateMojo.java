package io.pileus.codegen;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** Generates Java from the Smithy models of a module, when they have changed since the last time. */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class GenerateMojo extends AbstractMojo {

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /** The models of the module. */
    @Parameter(required = true)
    private List<ModelSource> models;

    /** Whether the generated classes are for the module's tests only. */
    @Parameter(defaultValue = "false")
    private boolean forTests;

    @Parameter(defaultValue = "${project.build.directory}/generated-sources/smithy")
    private File output;

    @Override
    public void execute() throws MojoExecutionException {
        try {
            for (ModelSource model : models) {
                generate(model);
            }
        } catch (IOException e) {
            throw new MojoExecutionException("cannot write generated sources", e);
        }
        if (forTests) {
            project.addTestCompileSourceRoot(output.getPath());
        } else {
            project.addCompileSourceRoot(output.getPath());
        }
    }

    private void generate(ModelSource source) throws IOException {
        Path folder = output.toPath().resolve(source.packageName().replace('.', '/'));
        Path stampFile = output.toPath().resolve(source.packageName() + ".stamp");
        String stamp = source.stamp(project.getBasedir().toPath()) + " " + Stamp.ofGenerator();
        if (Files.exists(stampFile) && Files.readString(stampFile).equals(stamp)) {
            return;
        }
        SourceFolder.empty(folder);
        int files = new ModelGenerator(source, source.load(project.getBasedir().toPath())).generateInto(folder);
        Files.writeString(stampFile, stamp);
        getLog().info("Generated " + files + " classes of " + source.packageName());
    }
}
