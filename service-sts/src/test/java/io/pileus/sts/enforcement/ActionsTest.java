package io.pileus.sts.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.shape.Member;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeWriter;
import org.junit.jupiter.api.Test;

class ActionsTest {
    private static final Member VERSION_ID = Member.of("VersionId", Member.Kind.STRING);

    /** An input that names a version, or none. */
    private record Input(String versionId) implements Shape {
        @Override
        public Schema schema() {
            return Schema.structure("com.amazonaws.s3", "Input")
                    .member(VERSION_ID)
                    .build();
        }

        @Override
        public void write(ShapeWriter writer) {
            writer.beginStruct(schema());
            if (!versionId.isEmpty()) {
                writer.writeString(VERSION_ID, versionId);
            }
            writer.endStruct(schema());
        }
    }

    private static InputMembers version(String id) {
        return InputMembers.of(new Input(id));
    }

    @Test
    void whatIsDoneToAVersionIsAnActionOfItsOwn() {
        assertThat(Actions.of("s3", "DeleteObject", version(""))).containsExactly("s3:DeleteObject");
        assertThat(Actions.of("s3", "DeleteObject", version("v"))).containsExactly("s3:DeleteObjectVersion");
        assertThat(Actions.of("s3", "HeadObject", version("v"))).containsExactly("s3:GetObjectVersion");
        assertThat(Actions.of("s3", "PutObjectTagging", version("v"))).containsExactly("s3:PutObjectVersionTagging");
        assertThat(Actions.of("s3", "PutObjectRetention", version("v"))).containsExactly("s3:PutObjectRetention");
    }

    @Test
    void ofManyKeysEachIsAskedForByS3() {
        assertThat(Actions.of("s3", "DeleteObjects", version(""))).isEmpty();
    }
}
