package io.pileus.core.service;

import java.util.Set;

/**
 * What the model says of a service as a whole.
 *
 * @param namespace the Smithy namespace, such as {@code com.amazonaws.sqs}
 * @param shapeName the service shape's name, which is the X-Amz-Target prefix in the JSON protocols
 * @param sdkId AWS's name of the service, such as {@code SQS}
 * @param version the API version, such as {@code 2012-11-05}
 * @param signingName the service part of a credential scope, such as {@code sqs}
 * @param endpointPrefix the host name's first part, such as {@code sqs}
 * @param arnNamespace the service part of ARNs
 * @param xmlNamespace the namespace of XML answers; empty for none
 * @param protocols the protocols that the model names
 * @param queryCompatible whether JSON errors carry the {@code x-amzn-query-error} header
 * @param bareXmlErrors whether an XML error stands alone, without {@code ErrorResponse} around it
 */
public record ServiceModel(
        String namespace,
        String shapeName,
        String sdkId,
        String version,
        String signingName,
        String endpointPrefix,
        String arnNamespace,
        String xmlNamespace,
        Set<WireProtocol> protocols,
        boolean queryCompatible,
        boolean bareXmlErrors) {}
