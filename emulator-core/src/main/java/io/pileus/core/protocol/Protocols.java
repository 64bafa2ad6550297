package io.pileus.core.protocol;

import io.pileus.core.service.WireProtocol;

/** All wire protocols; each is made when it is first needed. */
public final class Protocols {
    private Protocols() {}

    public static Protocol of(WireProtocol wire) {
        return switch (wire) {
            case AWS_JSON_1_0 -> Json10.PROTOCOL;
            case AWS_JSON_1_1 -> Json11.PROTOCOL;
            case AWS_QUERY -> Query.PROTOCOL;
            case AWS_CBOR_1_1 -> Cbor11.PROTOCOL;
            case REST_JSON_1 -> RestJson.PROTOCOL;
            case REST_XML -> RestXml.PROTOCOL;
            case RPC_V2_CBOR -> RpcCbor.PROTOCOL;
        };
    }

    private static final class Json10 {
        private static final Protocol PROTOCOL = AwsJsonProtocol.json10();
    }

    private static final class Json11 {
        private static final Protocol PROTOCOL = AwsJsonProtocol.json11();
    }

    private static final class Query {
        private static final Protocol PROTOCOL = new QueryProtocol();
    }

    private static final class Cbor11 {
        private static final Protocol PROTOCOL = AwsJsonProtocol.cbor11();
    }

    private static final class RestJson {
        private static final Protocol PROTOCOL = new RestJsonProtocol();
    }

    private static final class RestXml {
        private static final Protocol PROTOCOL = new RestXmlProtocol();
    }

    private static final class RpcCbor {
        private static final Protocol PROTOCOL = new RpcCborProtocol();
    }
}
