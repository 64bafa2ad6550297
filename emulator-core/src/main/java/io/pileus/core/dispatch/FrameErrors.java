package io.pileus.core.dispatch;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.WireProtocol;
import java.util.List;

/**
 * The errors that a request meets before it reaches a service. Services differ in codes by protocol: the JSON ones say
 * {@code UnrecognizedClientException} where the Query ones say {@code InvalidClientTokenId}.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html">Common errors</a>
 */
final class FrameErrors {
    private FrameErrors() {}

    static AwsException unknownService(String name, List<HostedService> here) {
        return new AwsException(
                "NotImplemented", 501, "The emulator has no service '" + name + "'; it has " + here + ".");
    }

    static AwsException disabledService(String name) {
        return new AwsException(
                "NotImplemented",
                501,
                "Service '" + name + "' is not enabled. Please check your 'SERVICES' configuration variable.");
    }

    static AwsException unknownOperation(WireProtocol protocol, HostedService service, String operation) {
        return switch (protocol) {
            case AWS_QUERY -> unknownAction(operation);
            case REST_XML ->
                new AwsException("MethodNotAllowed", 405, "The specified method is not allowed against this resource.");
            case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON_1, RPC_V2_CBOR, AWS_CBOR_1_1 ->
                new AwsException(
                        "UnknownOperationException",
                        protocol == WireProtocol.REST_JSON_1 ? 404 : 400,
                        "The service " + service.name() + " has no operation '" + operation + "'.");
        };
    }

    static AwsException unknownAction(String action) {
        return new AwsException("InvalidAction", 400, "The action " + action + " is not valid for this endpoint.");
    }

    static AwsException missingAction() {
        return new AwsException(
                "MissingAction", 400, "The request must contain the parameter Action, or the header X-Amz-Target.");
    }

    /** @param methods what the path can be asked with; none when nothing is there */
    static AwsException noEndpoint(String asked, List<String> methods) {
        return methods.isEmpty()
                ? new AwsException(
                        "NotFound", 404, "There is no " + asked + "; GET /_pileus/openapi.json lists what there is.")
                : new AwsException(
                        "MethodNotAllowed",
                        405,
                        "There is no " + asked + "; the path takes " + String.join(", ", methods) + ".");
    }

    /** A queue's URL was asked for nothing, as a browser does. */
    static AwsException noAction() {
        return new AwsException(
                "UnknownOperationException",
                404,
                "The request must contain the parameter Action, such as ReceiveMessage.");
    }

    static AwsException internalFailure() {
        return new AwsException(
                "InternalFailure",
                500,
                "The request processing has failed because of an unknown error, exception or failure.");
    }

    static AwsException missingAuthenticationToken(WireProtocol protocol) {
        return of(
                protocol,
                "MissingAuthenticationTokenException",
                "Missing Authentication Token",
                "MissingAuthenticationToken",
                "Request is missing Authentication Token",
                "AccessDenied",
                "Access Denied");
    }

    static AwsException invalidClientToken(WireProtocol protocol) {
        return of(
                protocol,
                "UnrecognizedClientException",
                "The security token included in the request is invalid.",
                "InvalidClientTokenId",
                "The security token included in the request is invalid.",
                "InvalidAccessKeyId",
                "The AWS Access Key Id you provided does not exist in our records.");
    }

    static AwsException expiredToken(WireProtocol protocol) {
        return of(
                protocol,
                "ExpiredTokenException",
                "The security token included in the request is expired",
                "ExpiredToken",
                "The security token included in the request is expired",
                "ExpiredToken",
                "The provided token has expired.");
    }

    /** Of S3: a form's credential is no credential scope. */
    static AwsException malformedFormCredential(String credential) {
        return new AwsException(
                "AuthorizationQueryParametersError",
                400,
                "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting"
                        + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
    }

    /** Of S3: the body is not what the signed header says. */
    static AwsException contentSha256Mismatch() {
        return new AwsException(
                "XAmzContentSHA256Mismatch",
                400,
                "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }

    static AwsException signatureDoesNotMatch(WireProtocol protocol) {
        String words = "The request signature we calculated does not match the signature you provided. Check your AWS"
                + " Secret Access Key and signing method. Consult the service documentation for details.";
        return of(
                protocol,
                "InvalidSignatureException",
                words,
                "SignatureDoesNotMatch",
                words,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your key and"
                        + " signing method.");
    }

    /** A signature made too long ago or in the future; the words name the instants. */
    static AwsException signatureOutOfTime(WireProtocol protocol, String words) {
        return of(
                protocol,
                "InvalidSignatureException",
                words,
                "SignatureDoesNotMatch",
                words,
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.");
    }

    static AwsException presignedUrlExpired(WireProtocol protocol) {
        return of(
                protocol,
                "InvalidSignatureException",
                "Signature expired",
                "SignatureDoesNotMatch",
                "Signature expired",
                "AccessDenied",
                "Request has expired");
    }

    static AwsException incompleteSignature(WireProtocol protocol, String words) {
        return of(
                protocol,
                "IncompleteSignatureException",
                words,
                "IncompleteSignature",
                words,
                "AuthorizationHeaderMalformed",
                words);
    }

    /** JSON services answer 400, Query services and S3 403; REST-JSON services 403 with the JSON code. */
    private static AwsException of(
            WireProtocol protocol,
            String jsonCode,
            String jsonWords,
            String queryCode,
            String queryWords,
            String s3Code,
            String s3Words) {
        return switch (protocol) {
            case AWS_JSON_1_0, AWS_JSON_1_1, RPC_V2_CBOR, AWS_CBOR_1_1 -> new AwsException(jsonCode, 400, jsonWords);
            case REST_JSON_1 -> new AwsException(jsonCode, 403, jsonWords);
            case AWS_QUERY -> new AwsException(queryCode, 403, queryWords);
            case REST_XML -> new AwsException(s3Code, 403, s3Words);
        };
    }

    /** What a lookup of credentials refused, in the code of the protocol. */
    static AwsException refusedCredentials(WireProtocol protocol, String code, String message) {
        return switch (code) {
            case "ExpiredToken", "ExpiredTokenException" -> expiredToken(protocol);
            case "InvalidClientTokenId", "UnrecognizedClientException" -> invalidClientToken(protocol);
            default -> of(protocol, code, message, code, message, code, message);
        };
    }
}
