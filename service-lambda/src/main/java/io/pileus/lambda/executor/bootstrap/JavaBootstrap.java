package io.pileus.lambda.executor.bootstrap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the Runtime API for events and gives them to a Java function: {@code package.Class::method}, or a class that has
 * {@code handleRequest}. Knows AWS's interfaces by name only, since they come with the function.
 */
public final class JavaBootstrap {
    private static final String CONTEXT = "com.amazonaws.services.lambda.runtime.Context";

    private final String base = "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/";
    private final Object target;
    private final Method method;

    private JavaBootstrap(String handler) throws ReflectiveOperationException {
        int colons = handler.indexOf("::");
        String className = colons < 0 ? handler : handler.substring(0, colons);
        String methodName = colons < 0 ? "handleRequest" : handler.substring(colons + 2);
        Class<?> type;
        try {
            type = Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new ClassNotFoundException("Class not found: " + className, e);
        }
        target = type.getDeclaredConstructor().newInstance();
        // where there are several: the one that takes a context, then the one that takes most
        method = Arrays.stream(type.getMethods())
                .filter(m -> m.getName().equals(methodName) && !m.isBridge())
                .max(Comparator.comparing(JavaBootstrap::takesContext).thenComparing(Method::getParameterCount))
                .orElseThrow(() -> new NoSuchMethodException("No public method named " + methodName
                        + " with appropriate method signature found on class " + className));
        method.setAccessible(true);
    }

    private static boolean takesContext(Method method) {
        Class<?>[] types = method.getParameterTypes();
        return types.length > 0 && types[types.length - 1].getName().equals(CONTEXT);
    }

    public static void main(String[] arguments) throws IOException {
        JavaBootstrap bootstrap;
        String handler = String.valueOf(System.getenv("_HANDLER"));
        try {
            bootstrap = new JavaBootstrap(handler);
        } catch (Throwable failure) {
            Throwable cause = failure instanceof InvocationTargetException && failure.getCause() != null
                    ? failure.getCause()
                    : failure;
            cause.printStackTrace();
            String api = "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/init/error";
            post(api, error(cause));
            System.exit(1);
            return;
        }
        while (true) {
            bootstrap.next();
        }
    }

    private void next() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(base + "invocation/next").toURL().openConnection();
        byte[] event;
        try (InputStream in = connection.getInputStream()) {
            event = in.readAllBytes();
        } catch (IOException e) {
            // the server is gone
            System.exit(0);
            return;
        }
        String id = String.valueOf(connection.getHeaderField("Lambda-Runtime-Aws-Request-Id"));
        System.setProperty(
                "com.amazonaws.xray.traceHeader", String.valueOf(connection.getHeaderField("Lambda-Runtime-Trace-Id")));
        byte[] answer;
        String kind = "response";
        try {
            answer = invoke(event, connection);
        } catch (Throwable failure) {
            Throwable cause = failure instanceof InvocationTargetException && failure.getCause() != null
                    ? failure.getCause()
                    : failure;
            cause.printStackTrace();
            answer = error(cause);
            kind = "error";
        }
        post(base + "invocation/" + id + "/" + kind, answer);
    }

    private byte[] invoke(byte[] event, HttpURLConnection headers) throws ReflectiveOperationException, IOException {
        Class<?>[] types = method.getParameterTypes();
        Type[] generic = method.getGenericParameterTypes();
        Object[] values = new Object[types.length];
        ByteArrayOutputStream out = null;
        for (int i = 0; i < types.length; i++) {
            if (types[i].getName().equals(CONTEXT)) {
                values[i] = context(types[i], headers);
            } else if (types[i] == InputStream.class) {
                values[i] = new ByteArrayInputStream(event);
            } else if (types[i] == OutputStream.class) {
                out = new ByteArrayOutputStream();
                values[i] = out;
            } else {
                String text = new String(event, StandardCharsets.UTF_8);
                values[i] = JavaJson.convert(text.isBlank() ? null : JavaJson.parse(text), generic[i]);
            }
        }
        Object result = method.invoke(target, values);
        if (out != null) {
            return out.toByteArray();
        }
        return JavaJson.write(result).getBytes(StandardCharsets.UTF_8);
    }

    // ---- the context ------------------------------------------------------------------------------------------------

    private static Object context(Class<?> type, HttpURLConnection headers) {
        long deadline = Long.parseLong(headers.getHeaderField("Lambda-Runtime-Deadline-Ms"));
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> switch (called.getName()) {
                    case "getAwsRequestId" -> headers.getHeaderField("Lambda-Runtime-Aws-Request-Id");
                    case "getInvokedFunctionArn" -> headers.getHeaderField("Lambda-Runtime-Invoked-Function-Arn");
                    case "getLogGroupName" -> System.getenv("AWS_LAMBDA_LOG_GROUP_NAME");
                    case "getLogStreamName" -> System.getenv("AWS_LAMBDA_LOG_STREAM_NAME");
                    case "getFunctionName" -> System.getenv("AWS_LAMBDA_FUNCTION_NAME");
                    case "getFunctionVersion" -> System.getenv("AWS_LAMBDA_FUNCTION_VERSION");
                    case "getMemoryLimitInMB" -> Integer.valueOf(System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
                    // this is another process than the server's: its time is the machine's
                    case "getRemainingTimeInMillis" -> (int) Math.max(0, deadline - new Date().getTime());
                    case "getLogger" -> logger(called.getReturnType());
                    case "getClientContext" ->
                        clientContext(called.getReturnType(), headers.getHeaderField("Lambda-Runtime-Client-Context"));
                    case "toString" -> "Context";
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> null;
                });
    }

    private static Object logger(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
            if (called.getName().equals("log")) {
                byte[] line = arguments[0] instanceof byte[] bytes
                        ? bytes
                        : String.valueOf(arguments[0]).getBytes(StandardCharsets.UTF_8);
                // not closed: it is the process's own output
                new FileOutputStream(FileDescriptor.out).write(line);
            }
            return null;
        });
    }

    private static @Nullable Object clientContext(Class<?> type, @Nullable String header) {
        if (header == null) {
            return null;
        }
        String json = header.startsWith("{")
                ? header
                : new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8);
        Object parsed = JavaJson.parse(json);
        Map<?, ?> map = parsed instanceof Map<?, ?> given ? given : Map.of();
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> switch (called.getName()) {
                    case "getCustom" -> map.get("custom");
                    case "getEnvironment" -> map.get("env");
                    default -> null;
                });
    }

    // ---- answers ----------------------------------------------------------------------------------------------------

    private static byte[] error(Throwable failure) {
        return JavaJson.write(describe(failure, 0)).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, @Nullable Object> describe(Throwable failure, int depth) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("errorMessage", failure.getMessage());
        error.put("errorType", failure.getClass().getName());
        List<String> trace = new ArrayList<>();
        for (StackTraceElement frame : failure.getStackTrace()) {
            String line = frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                    + frame.getLineNumber() + ")";
            if (frame.getClassName().startsWith("jdk.internal.reflect.")
                    || frame.getClassName().equals(JavaBootstrap.class.getName())) {
                break;
            }
            trace.add(line);
        }
        error.put("stackTrace", trace);
        if (failure.getCause() != null && depth < 10) {
            error.put("cause", describe(failure.getCause(), depth + 1));
        }
        return error;
    }

    private static void post(String url, byte[] body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        connection.getResponseCode();
        connection.disconnect();
    }
}
