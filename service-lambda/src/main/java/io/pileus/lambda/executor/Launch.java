package io.pileus.lambda.executor;

import io.pileus.lambda.executor.bootstrap.JavaBootstrap;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the process of a runtime is started: its command and its environment.
 *
 * @param credentials what the function signs its calls with
 * @param endpoint where functions find the emulator's services; empty where it has no address
 * @param runtimeApi host and port of the Runtime API
 */
record Launch(
        Invocation invocation,
        Workspace workspace,
        ExecutionRoles.Credentials credentials,
        String endpoint,
        String runtimeApi) {
    private static final String JAVA_CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    static boolean canRun(String runtime) {
        return runtime.startsWith("python3")
                || runtime.startsWith("nodejs")
                || runtime.startsWith("java")
                || runtime.startsWith("provided");
    }

    // ---- the command ------------------------------------------------------------------------------------------------

    List<String> command() throws IOException {
        String runtime = invocation.runtime();
        if (runtime.startsWith("python")) {
            return List.of(
                    "python3",
                    "-u",
                    workspace
                            .resource("bootstrap.py", workspace.folder().resolve("bootstrap.py"))
                            .toString());
        }
        if (runtime.startsWith("nodejs")) {
            return List.of(
                    "node",
                    workspace
                            .resource("bootstrap.mjs", workspace.folder().resolve("bootstrap.mjs"))
                            .toString());
        }
        if (runtime.startsWith("java")) {
            return java();
        }
        return List.of(bootstrap().toString());
    }

    private Path bootstrap() throws IOException {
        for (Path folder : List.of(workspace.task(), workspace.opt())) {
            Path bootstrap = folder.resolve("bootstrap");
            if (Files.isRegularFile(bootstrap)) {
                return bootstrap;
            }
        }
        throw new IOException("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
    }

    /** Runs AWS's runtime interface client where the function brings it, else a bootstrap of ours, on this server's Java. */
    private List<String> java() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                // Lambda leaves a part of the memory to what is not heap
                "-Xmx" + Math.max(64, invocation.memorySize() * 85 / 100) + "m"));
        List<Path> jars = jars();
        boolean client = jars.stream()
                .anyMatch(jar -> jar.getFileName().toString().startsWith("aws-lambda-java-runtime-interface-client"));
        List<String> path = new ArrayList<>();
        path.add(workspace.task().toString());
        jars.forEach(jar -> path.add(jar.toString()));
        if (client) {
            command.addAll(List.of(
                    "-cp",
                    String.join(File.pathSeparator, path),
                    JAVA_CLIENT,
                    String.valueOf(invocation.configuration().handler())));
            return command;
        }
        // the package's folders stand below an entry of the class path
        Path classes = workspace.folder().resolve("classes");
        String folder = JavaBootstrap.class.getPackageName().replace('.', '/');
        for (String name : List.of("JavaBootstrap.class", "JavaJson.class")) {
            workspace.resource("bootstrap/" + name, classes.resolve(folder).resolve(name));
        }
        path.add(classes.toString());
        command.addAll(List.of("-cp", String.join(File.pathSeparator, path), JavaBootstrap.class.getName()));
        return command;
    }

    /** The jars beside the code and in the layers, in the order of their names, as Lambda puts them on the class path. */
    private List<Path> jars() throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Path folder : List.of(
                workspace.task(),
                workspace.task().resolve("lib"),
                workspace.opt().resolve("java/lib"))) {
            if (Files.isDirectory(folder)) {
                List<Path> here = new ArrayList<>();
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
                    files.forEach(here::add);
                }
                here.sort(null);
                jars.addAll(here);
            }
        }
        return jars;
    }

    // ---- the environment --------------------------------------------------------------------------------------------

    void environment(Map<String, String> variables) {
        // the emulator's own environment may hold secrets: only what programs need to be found is handed on
        variables.keySet().retainAll(List.of("PATH", "HOME", "SystemRoot"));
        variables.put("LANG", "en_US.UTF-8");
        variables.put("TZ", ":UTC");
        variables.put("TMPDIR", workspace.tmp().toString());
        if (!endpoint.isEmpty()) {
            variables.put("AWS_ENDPOINT_URL", endpoint);
        }
        layers(variables);
        if (invocation.configuration().environment() != null) {
            variables.putAll(invocation.configuration().environment().variables());
        }
        String region = invocation.region().id();
        variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        variables.put("AWS_LAMBDA_FUNCTION_NAME", invocation.name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", invocation.version());
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(invocation.memorySize()));
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", logGroup());
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream());
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        if (!invocation.runtime().startsWith("provided")) {
            variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + invocation.runtime());
        }
        variables.put("AWS_REGION", region);
        variables.put("AWS_DEFAULT_REGION", region);
        variables.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
        variables.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
        if (!credentials.sessionToken().isEmpty()) {
            variables.put("AWS_SESSION_TOKEN", credentials.sessionToken());
        }
        variables.put("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR");
        variables.put("LAMBDA_TASK_ROOT", workspace.task().toString());
        variables.put("LAMBDA_RUNTIME_DIR", workspace.folder().toString());
        variables.put("_HANDLER", String.valueOf(invocation.configuration().handler()));
    }

    /** @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html">Layer paths of each runtime</a> */
    private void layers(Map<String, String> variables) {
        if (invocation.layers().isEmpty()) {
            return;
        }
        Path opt = workspace.opt();
        variables.merge("PATH", opt.resolve("bin").toString(), (path, bin) -> bin + File.pathSeparator + path);
        variables.put("LD_LIBRARY_PATH", opt.resolve("lib").toString());
        variables.put(
                "PYTHONPATH",
                List.of(opt.resolve("python"), opt.resolve("python/lib/" + invocation.runtime() + "/site-packages"))
                        .stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
        variables.put(
                "NODE_PATH",
                List.of(
                                opt.resolve("nodejs/"
                                        + invocation
                                                .runtime()
                                                .replace("nodejs", "node")
                                                .replace(".x", "") + "/node_modules"),
                                opt.resolve("nodejs/node_modules"))
                        .stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
    }

    private String logGroup() {
        return Optional.ofNullable(invocation.configuration().loggingConfig())
                .map(logging -> logging.logGroup())
                .orElse("/aws/lambda/" + invocation.name());
    }

    private String logStream() {
        return "[" + invocation.version() + "]" + invocation.requestId().replace("-", "");
    }
}
