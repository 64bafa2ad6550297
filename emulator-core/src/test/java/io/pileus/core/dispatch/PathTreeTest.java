package io.pileus.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PathTreeTest {
    private final PathTree<String> tree = new PathTree<>();

    private String find(String method, String path) {
        PathTree.Found<String> found = tree.find(method, path);
        return found == null ? "nothing" : found.values().getFirst() + new TreeMap<>(found.labelsOf(0));
    }

    @Test
    void aLiteralIsPreferredToALabelAndALabelToTheRest() {
        tree.add("GET", "/{Bucket}", "bucket");
        tree.add("GET", "/{Bucket}/{Key+}", "object");
        tree.add("GET", "/_pileus/clock", "clock");
        tree.add("GET", "/", "root");

        assertThat(find("GET", "/")).isEqualTo("root{}");
        assertThat(find("GET", "/b")).isEqualTo("bucket{Bucket=b}");
        assertThat(find("GET", "/b/")).isEqualTo("bucket{Bucket=b}");
        assertThat(find("GET", "/b/a/b//c/")).isEqualTo("object{Bucket=b, Key=a/b//c/}");
        assertThat(find("GET", "/_pileus/clock")).isEqualTo("clock{}");
        assertThat(find("GET", "/_pileus/other")).isEqualTo("object{Bucket=_pileus, Key=other}");
    }

    @Test
    void whatTheLiteralLacksForAMethodTheLabelMayHave() {
        tree.add("GET", "/functions/special", "special");
        tree.add("DELETE", "/functions/{Name}", "delete");

        assertThat(find("GET", "/functions/special")).isEqualTo("special{}");
        assertThat(find("DELETE", "/functions/special")).isEqualTo("delete{Name=special}");
        assertThat(find("POST", "/functions/special")).isEqualTo("nothing");
    }

    @Test
    void labelsStayEncodedAndEmptySegmentsAreNoLabels() {
        tree.add("GET", "/2015-03-31/functions/{Name}/policy", "policy");
        tree.add("GET", "/2015-03-31/functions/", "list");

        assertThat(find("GET", "/2015-03-31/functions/a%2Fb/policy")).isEqualTo("policy{Name=a%2Fb}");
        assertThat(find("GET", "/2015-03-31/functions")).isEqualTo("list{}");
        assertThat(find("GET", "/2015-03-31/functions/")).isEqualTo("list{}");
        assertThat(find("GET", "/2015-03-31/functions//policy")).isEqualTo("nothing");
    }
}
