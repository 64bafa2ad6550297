package io.pileus.core.service;

/**
 * An endpoint with host names of its own, {@code {id}.{label}.…} or {@code {id}.{label}-{region}.…}, such as a function's URL
 * {@code {id}.lambda-url.us-east-1.localhost}. It gets every request to them, whatever its method, path or credentials, and
 * says itself which pages may call: the server's rules for origins do not apply.
 *
 * @param label what follows the id in the host names
 * @param endpoint what answers; its labels are {@code id}, the parts of the host name before the label
 */
public record HostRoute(String label, HttpRoute.Endpoint endpoint) {}
