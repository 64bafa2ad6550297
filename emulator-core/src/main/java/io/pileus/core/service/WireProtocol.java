package io.pileus.core.service;

/** The wire protocols of AWS services. */
public enum WireProtocol {
    AWS_JSON_1_0,
    AWS_JSON_1_1,
    AWS_QUERY,
    REST_JSON_1,
    REST_XML,
    RPC_V2_CBOR,
    /** The older JSON-as-CBOR ({@code application/x-amz-cbor-1.1}) that the Java SDK sends to Kinesis. */
    AWS_CBOR_1_1
}
