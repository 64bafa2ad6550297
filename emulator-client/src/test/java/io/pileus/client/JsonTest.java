package io.pileus.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void whatIsReadIsWrittenTheSame() {
        String json = "{\"a\":[1,-2.5,true,false,null,\"x\\\"\\\\\\u0001\"],\"b\":{},\"c\":[]}";

        assertThat(Json.write(Json.read(json))).isEqualTo(json);
    }

    @Test
    void spacesAndEscapesAreUnderstood() {
        assertThat(Json.read(" { \"a\" : [ 1 , 2 ] , \"b\" : \"\\u00e9\\n\\/\" } ")
                        .toString())
                .isEqualTo("{a=[1, 2], b=é\n/}");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        for (String text :
                List.of("", "{", "[1,]", "{\"a\"}", "nul", "\"x", "1 2", "--1", "\"\\u12\"", "[".repeat(500))) {
            assertThatThrownBy(() -> Json.read(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aFaultIsWhatItsStepsSay() {
        assertThat(Fault.on("sqs").operation("SendMessage").throttle().count(2).json())
                .isEqualTo("{\"service\":\"sqs\",\"operation\":\"SendMessage\",\"throttle\":true,\"count\":2}");
    }
}
