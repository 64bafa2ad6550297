package io.pileus.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.Payload;
import io.pileus.core.protocol.Protocol;
import io.pileus.core.protocol.Protocols;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.protocoltests.json11.Json11Api;
import io.pileus.protocoltests.json11.Json11Operations;
import io.pileus.protocoltests.query.QueryApi;
import io.pileus.protocoltests.query.QueryOperations;
import io.pileus.protocoltests.restjson.RestJsonApi;
import io.pileus.protocoltests.restjson.RestJsonOperations;
import io.pileus.protocoltests.restxml.RestXmlApi;
import io.pileus.protocoltests.restxml.RestXmlOperations;
import io.pileus.protocoltests.rpcv2cbor.RpcV2CborApi;
import io.pileus.protocoltests.rpcv2cbor.RpcV2CborOperations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come: a reader gives a value or says that the message is malformed, and nothing else. */
class MalformedMessagesTest {
    private static final String JSON = """
            {"blobValue":"YmxvYg==","timestamp":1.5e9,"listOfLists":[["a","b"],["c"]],"mapOfMaps":{"a":{"b":"c"}},
            "stringList":["a","\\u00e9\\ud83d\\ude00"],"integer":12,"double":1.5,"float":"NaN","boolean":true,
            "structure":{"x":[1,2,{"y":null}]},"recursiveStruct":{"recursiveList":[{"string":"a"}]},
            "contents":{"stringValue":"foo"},"nested":{"foo":"f"},"documentValue":{"a":[1,2.5e300,null]}}
            """;
    private static final String FORM =
            "Action=A&foo=a+b&FloatArg=1.5&Recursive.RecursiveArg.StringArg=x&TimestampArg=2015-01-25T08%3A00%3A00Z"
                    + "&ListArg.member.1=a&ListArg.member.2=b&MapArg.entry.1.key=k&MapArg.entry.1.value=v&BlobArg=YmxvYg%3D%3D&IntegerArg=5"
                    + "&Nested.StructArg.StringArg=1&ComplexListArg.member.1.hi=x";
    private static final String XML = """
            <?xml version="1.0" encoding="UTF-8"?><!-- c --><Root xmlns="http://a" xmlns:xsi="b"><stringList><member>a&amp;b</member>
            <member><![CDATA[<x>]]></member></stringList><myMap><entry><key>k</key><value><hi>v</hi></value></entry></myMap>
            <normal>2014-04-29T18:30:38Z</normal><integerValue>5</integerValue><nested xsi:someName="n"><foo>x</foo></nested>
            <data>YmxvYg==</data><recursiveStruct><recursiveList><member/></recursiveList></recursiveStruct></Root>
            """;

    record Subject(ServiceApi api, WireProtocol wire, byte[] seed) {
        @Override
        public String toString() {
            return wire.toString();
        }
    }

    static Stream<Subject> subjects() throws IOException {
        byte[] json = JSON.getBytes(StandardCharsets.UTF_8);
        ObjectMapper cbor = new ObjectMapper(new CBORFactory());
        byte[] binary = cbor.writeValueAsBytes(new ObjectMapper().readTree(json));
        return Stream.of(
                new Subject(new Json11Api(new Json11Operations() {}), WireProtocol.AWS_JSON_1_1, json),
                new Subject(new Json11Api(new Json11Operations() {}), WireProtocol.AWS_CBOR_1_1, binary),
                new Subject(new RpcV2CborApi(new RpcV2CborOperations() {}), WireProtocol.RPC_V2_CBOR, binary),
                new Subject(new RestJsonApi(new RestJsonOperations() {}), WireProtocol.REST_JSON_1, json),
                new Subject(
                        new RestXmlApi(new RestXmlOperations() {}),
                        WireProtocol.REST_XML,
                        XML.getBytes(StandardCharsets.UTF_8)),
                new Subject(
                        new QueryApi(new QueryOperations() {}),
                        WireProtocol.AWS_QUERY,
                        FORM.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void aMessageThatBreaksOffIsMalformedOrShort(Subject subject) {
        for (int length = 0; length < subject.seed.length; length++) {
            readByAll(subject, Arrays.copyOf(subject.seed, length));
        }
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void aMessageWithFlippedBytesIsMalformedOrAnother(Subject subject) {
        Random random = new Random(4711);
        for (int round = 0; round < 300; round++) {
            byte[] body = subject.seed.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            readByAll(subject, body);
        }
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void randomBytesAreMalformedOrHarmless(Subject subject) {
        Random random = new Random(815);
        for (int round = 0; round < 300; round++) {
            byte[] body = new byte[random.nextInt(64)];
            random.nextBytes(body);
            readByAll(subject, body);
        }
    }

    @Test
    void randomBindingsAreMalformedOrHarmless() {
        Random random = new Random(99);
        ServiceApi api = new RestJsonApi(new RestJsonOperations() {});
        for (int round = 0; round < 300; round++) {
            String text = random.ints(random.nextInt(12), 32, 127)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            Headers headers = new Headers();
            for (String name : new String[] {
                "X-String",
                "X-Byte",
                "X-IntegerList",
                "X-BooleanList",
                "X-TimestampList",
                "X-defaultFormat",
                "X-Enum",
                "X-Json"
            }) {
                headers.add(name, text);
            }
            HttpRequest request = new HttpRequest(
                    "GET", "/", "String=" + text + "&IntegerList=" + text, "http", "h", headers, Payload.EMPTY, null);
            for (var operation : api.operations()) {
                read(Protocols.of(WireProtocol.REST_JSON_1), api, operation.name(), request, labels(text));
            }
        }
    }

    private static Map<String, String> labels(String text) {
        return Map.of(
                "string",
                text,
                "timestamp",
                text,
                "integer",
                text,
                "float",
                text,
                "boolean",
                text,
                "epochSeconds",
                text);
    }

    /** Every fifth operation reads the message, each time others, so that all kinds of values meet all kinds of tokens. */
    private static void readByAll(Subject subject, byte[] body) {
        HttpRequest request =
                new HttpRequest("POST", "/", "", "http", "localhost", new Headers(), Payload.of(body), null);
        var operations = subject.api.operations();
        for (int i = Math.floorMod(Arrays.hashCode(body), 5); i < operations.size(); i += 5) {
            read(Protocols.of(subject.wire), subject.api, operations.get(i).name(), request, Map.of());
        }
    }

    private static void read(
            Protocol protocol, ServiceApi api, String operation, HttpRequest request, Map<String, String> labels) {
        try {
            assertThat(protocol.readInput(api, api.operation(operation), request, labels))
                    .isNotNull();
        } catch (MalformedInputException expected) {
            assertThat(protocol.malformed(expected).httpStatus()).isBetween(400, 499);
        }
    }

    @Test
    void externalEntitiesAndDocumentTypesAreRefused() {
        ServiceApi api = new RestXmlApi(new RestXmlOperations() {});
        for (String document : new String[] {
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><SimpleScalarPropertiesRequest><stringValue>&x;</stringValue></SimpleScalarPropertiesRequest>",
            "<!DOCTYPE a [<!ENTITY x \"xx\"><!ENTITY y \"&x;&x;\">]><SimpleScalarPropertiesRequest><stringValue>&y;</stringValue></SimpleScalarPropertiesRequest>",
            "<SimpleScalarPropertiesRequest>" + "<a>".repeat(10_000) + "</SimpleScalarPropertiesRequest>"
        }) {
            HttpRequest request = Wire.post("/", "", document.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> Protocols.of(WireProtocol.REST_XML)
                            .readInput(api, api.operation("SimpleScalarProperties"), request, Map.of()))
                    .isInstanceOf(MalformedInputException.class);
        }
    }
}
