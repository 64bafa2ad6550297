package io.pileus.server;

import io.pileus.core.dispatch.ServiceDirectory;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.ServiceEnvironment;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services that the program has, and those of them that are enabled.
 *
 * @param installed the names of all that could be here
 * @param enabled the names of those that are
 * @param named what the modules made, by the first of their names, under which their state is saved
 */
record Assembly(Set<String> installed, Set<String> enabled, Map<String, EmulatedService> named) {
    private static final Logger log = LoggerFactory.getLogger(Assembly.class);

    /** @param wanted the names of the services to enable; empty for all */
    static Assembly of(List<EmulatedServiceProvider> modules, Set<String> wanted, ServiceEnvironment environment) {
        Set<String> asked = new LinkedHashSet<>();
        wanted.forEach(name -> asked.addAll(canonical(name)));
        Set<String> installed = new LinkedHashSet<>();
        Set<String> enabled = new LinkedHashSet<>();
        Map<String, EmulatedService> named = new LinkedHashMap<>();
        for (EmulatedServiceProvider provider : modules) {
            List<String> names = provider.names();
            installed.addAll(names);
            List<String> here = asked.isEmpty()
                    ? names
                    : names.stream().filter(asked::contains).toList();
            if (!here.isEmpty()) {
                enabled.addAll(here);
                named.put(names.getFirst(), provider.create(environment));
            }
        }
        asked.stream()
                .filter(name -> !installed.contains(name))
                .forEach(name ->
                        log.warn("SERVICES names '{}', which the emulator does not have; it has {}", name, installed));
        return new Assembly(installed, enabled, named);
    }

    Collection<EmulatedService> services() {
        return named.values();
    }

    ServiceDirectory directory() {
        return new ServiceDirectory(List.copyOf(named.values()), enabled::contains);
    }

    /** Whether the service exists and was not enabled; requests name it by its X-Amz-Target prefix or signing name. */
    boolean isDisabled(String name) {
        List<String> names = switch (name) {
            case "AmazonSQS" -> List.of("sqs");
            case "AmazonSimpleNotificationService" -> List.of("sns");
            case "TrentService" -> List.of("kms");
            case "Kinesis_20131202" -> List.of("kinesis");
            case "Firehose_20150804" -> List.of("firehose");
            case "AWSStepFunctions" -> List.of("stepfunctions");
            case "AWSCognitoIdentityProviderService" -> List.of("cognito-idp");
            case "AWSCognitoIdentityService" -> List.of("cognito-identity");
            default -> canonical(name);
        };
        return names.stream().anyMatch(n -> installed.contains(n) && !enabled.contains(n));
    }

    /** Users write a service in several ways, sometimes with a port behind it ({@code sqs:4576}) from times long gone. */
    private static List<String> canonical(String name) {
        int colon = name.indexOf(':');
        String plain = (colon < 0 ? name : name.substring(0, colon)).trim().toLowerCase(Locale.ROOT);
        return switch (plain) {
            case "" -> List.of();
            case "states", "sfn", "step-functions" -> List.of("stepfunctions");
            case "cognito" -> List.of("cognito-idp", "cognito-identity");
            default -> List.of(plain);
        };
    }
}
