package io.pileus.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.protocol.Protocols;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.WireProtocol;
import io.pileus.protocoltests.json10.Json10Api;
import io.pileus.protocoltests.json10.Json10Operations;
import io.pileus.protocoltests.json11.Json11Api;
import io.pileus.protocoltests.json11.Json11Operations;
import io.pileus.protocoltests.query.QueryApi;
import io.pileus.protocoltests.query.QueryOperations;
import io.pileus.protocoltests.restjson.RestJsonApi;
import io.pileus.protocoltests.restjson.RestJsonOperations;
import io.pileus.protocoltests.restjsonvalidation.RestJsonValidationApi;
import io.pileus.protocoltests.restjsonvalidation.RestJsonValidationOperations;
import io.pileus.protocoltests.restxml.RestXmlApi;
import io.pileus.protocoltests.restxml.RestXmlOperations;
import io.pileus.protocoltests.restxmlns.RestXmlNamespaceApi;
import io.pileus.protocoltests.restxmlns.RestXmlNamespaceOperations;
import io.pileus.protocoltests.rpcv2cbor.RpcV2CborApi;
import io.pileus.protocoltests.rpcv2cbor.RpcV2CborOperations;
import io.pileus.protocoltests.s3.S3Api;
import io.pileus.protocoltests.s3.S3Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.knowledge.TopDownIndex;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeId;
import software.amazon.smithy.protocoltests.traits.HttpMalformedRequestTestsTrait;
import software.amazon.smithy.protocoltests.traits.HttpRequestTestsTrait;
import software.amazon.smithy.protocoltests.traits.HttpResponseTestsTrait;

/**
 * Every case of Smithy's protocol suites that a server can be held to. The few that cannot apply are listed in {@code
 * skipped-cases.txt} with the reason; a listed case that passes fails the build, so that the list cannot outlive its
 * reasons.
 */
class ProtocolCasesTest {
    private static Model model;
    private static SkippedCases skipped;

    @BeforeAll
    static void loadTheModel() {
        model = Model.assembler()
                .discoverModels()
                .addImport(ProtocolCasesTest.class.getResource("/validation-exception.smithy"))
                .assemble()
                .unwrap();
        skipped = SkippedCases.load();
    }

    @TestFactory
    Stream<DynamicTest> awsJson10() {
        return cases(
                "aws.protocoltests.json10#JsonRpc10",
                new Json10Api(new Json10Operations() {}),
                WireProtocol.AWS_JSON_1_0);
    }

    @TestFactory
    Stream<DynamicTest> awsJson11() {
        return cases(
                "aws.protocoltests.json#JsonProtocol",
                new Json11Api(new Json11Operations() {}),
                WireProtocol.AWS_JSON_1_1);
    }

    @TestFactory
    Stream<DynamicTest> awsQuery() {
        return cases(
                "aws.protocoltests.query#AwsQuery", new QueryApi(new QueryOperations() {}), WireProtocol.AWS_QUERY);
    }

    @TestFactory
    Stream<DynamicTest> restJson1() {
        return cases(
                "aws.protocoltests.restjson#RestJson",
                new RestJsonApi(new RestJsonOperations() {}),
                WireProtocol.REST_JSON_1);
    }

    @TestFactory
    Stream<DynamicTest> restJson1Validation() {
        return cases(
                "aws.protocoltests.restjson.validation#RestJsonValidation",
                new RestJsonValidationApi(new RestJsonValidationOperations() {}),
                WireProtocol.REST_JSON_1);
    }

    @TestFactory
    Stream<DynamicTest> restXml() {
        return cases(
                "aws.protocoltests.restxml#RestXml", new RestXmlApi(new RestXmlOperations() {}), WireProtocol.REST_XML);
    }

    @TestFactory
    Stream<DynamicTest> restXmlWithNamespace() {
        return cases(
                "aws.protocoltests.restxml.xmlns#RestXmlWithNamespace",
                new RestXmlNamespaceApi(new RestXmlNamespaceOperations() {}),
                WireProtocol.REST_XML);
    }

    @TestFactory
    Stream<DynamicTest> s3() {
        return cases("com.amazonaws.s3#AmazonS3", new S3Api(new S3Operations() {}), WireProtocol.REST_XML);
    }

    @TestFactory
    Stream<DynamicTest> rpcV2Cbor() {
        return cases(
                "smithy.protocoltests.rpcv2Cbor#RpcV2Protocol",
                new RpcV2CborApi(new RpcV2CborOperations() {}),
                WireProtocol.RPC_V2_CBOR);
    }

    private Stream<DynamicTest> cases(String service, ServiceApi api, WireProtocol wire) {
        ProtocolCase runner = new ProtocolCase(api, Protocols.of(wire));
        List<DynamicTest> tests = new ArrayList<>();
        for (OperationShape shape : TopDownIndex.of(model).getContainedOperations(ShapeId.from(service))) {
            Operation operation = api.operation(shape.getId().getName());
            shape.getTrait(HttpRequestTestsTrait.class)
                    .ifPresent(trait -> trait.getTestCases().stream()
                            .filter(ProtocolCase::forServers)
                            .forEach(test -> tests.add(
                                    test(wire, "request", test.getId(), () -> runner.request(operation, test)))));
            shape.getTrait(HttpResponseTestsTrait.class)
                    .ifPresent(trait -> trait.getTestCases().stream()
                            .filter(ProtocolCase::forServers)
                            .forEach(test -> tests.add(
                                    test(wire, "response", test.getId(), () -> runner.response(operation, test)))));
            shape.getTrait(HttpMalformedRequestTestsTrait.class)
                    .ifPresent(trait -> trait.getTestCases()
                            .forEach(test -> tests.add(
                                    test(wire, "malformed", test.getId(), () -> runner.malformed(operation, test)))));
            for (ShapeId error : shape.getErrors()) {
                Shape errorShape = model.expectShape(error);
                errorShape
                        .getTrait(HttpResponseTestsTrait.class)
                        .ifPresent(trait -> trait.getTestCases().stream()
                                .filter(ProtocolCase::forServers)
                                .forEach(test -> tests.add(test(
                                        wire,
                                        "response",
                                        test.getId(),
                                        () -> runner.error(operation, error.getName(), test)))));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static DynamicTest test(WireProtocol wire, String kind, String id, Executable run) {
        return DynamicTest.dynamicTest(id, () -> {
            try {
                skipped.run(wire, kind, id, run);
            } catch (TestAbortedException e) {
                throw e;
            } catch (AssertionError | Exception e) {
                throw new AssertionError(id + ": " + e, e);
            }
        });
    }
}
