package io.pileus.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Headers;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Schema;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** With operations of S3, whose bindings overlap most. */
class RestTableTest {
    private static final Member COPY_SOURCE = Member.of("CopySource", Member.Kind.STRING)
            .at(Member.Location.HEADER, "x-amz-copy-source")
            .asRequired();
    private static final Member PART = Member.of("PartNumber", Member.Kind.INTEGER)
            .at(Member.Location.QUERY, "partNumber")
            .asRequired();

    private final List<Operation> operations = List.of(
            operation(0, "PutObject", "PUT", "/{Bucket}/{Key+}"),
            operation(1, "CopyObject", "PUT", "/{Bucket}/{Key+}"),
            operation(2, "UploadPart", "PUT", "/{Bucket}/{Key+}"),
            operation(3, "PutObjectTagging", "PUT", "/{Bucket}/{Key+}?tagging"),
            operation(4, "ListObjects", "GET", "/{Bucket}"),
            operation(5, "ListObjectsV2", "GET", "/{Bucket}?list-type=2"),
            operation(6, "GetObject", "GET", "/{Bucket}/{Key+}?x-id=GetObject"));
    private final List<Schema> inputs =
            List.of(schema(), schema(COPY_SOURCE), schema(PART), schema(), schema(), schema(), schema());
    private final RestTable table = new RestTable((ServiceApi) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ServiceApi.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "operations" -> operations;
                case "inputSchema" -> inputs.get(((Operation) arguments[0]).index());
                default -> throw new UnsupportedOperationException(method.getName());
            }));

    private static Operation operation(int index, String name, String method, String uri) {
        return new Operation(name, index, Operation.Mode.DIRECT, method, uri, 200, false, "", List.of(), null);
    }

    private static Schema schema(Member... members) {
        Schema.Builder schema = Schema.structure("test", "Input");
        for (Member member : members) {
            schema.member(member);
        }
        return schema.build();
    }

    private String match(String method, String path, String... headers) {
        RestTable.Match match = table.match(Requests.request(method, path, Headers.of(headers), ""));
        return match == null ? "nothing" : match.operation().name() + new TreeMap<>(match.labels());
    }

    @Test
    void requiredHeadersAndParametersTellOperationsOfOnePathApart() {
        assertThat(match("PUT", "/b/a/k")).isEqualTo("PutObject{Bucket=b, Key=a/k}");
        assertThat(match("PUT", "/b/k", "x-amz-copy-source", "/b/o")).startsWith("CopyObject");
        assertThat(match("PUT", "/b/k?partNumber=1&uploadId=u")).startsWith("UploadPart");
    }

    @Test
    void aLiteralOfTheQueryOutweighsEverythingElse() {
        assertThat(match("PUT", "/b/k?tagging", "x-amz-copy-source", "/b/o")).startsWith("PutObjectTagging");
        assertThat(match("GET", "/b?list-type=2&prefix=x")).isEqualTo("ListObjectsV2{Bucket=b}");
        assertThat(match("GET", "/b?list-type=1")).isEqualTo("ListObjects{Bucket=b}");
        assertThat(match("GET", "/b/?prefix=x")).isEqualTo("ListObjects{Bucket=b}");
    }

    @Test
    void whatModelsAddForReadersOfLogsNeedNotBeSent() {
        assertThat(match("GET", "/b/k")).startsWith("GetObject");
        assertThat(match("DELETE", "/b/k")).isEqualTo("nothing");
    }
}
