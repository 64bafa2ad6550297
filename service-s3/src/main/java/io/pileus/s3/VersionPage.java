package io.pileus.s3;

import io.pileus.core.shape.Member;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeWriter;
import io.pileus.s3.model.DeleteMarkerEntry;
import io.pileus.s3.model.ListObjectVersionsOutput;
import java.util.List;
import java.util.Objects;

/**
 * An answer of ListObjectVersions. Its model has versions and delete markers in two lists; S3's XML has them in one order,
 * by key and age, in which a marker stands between the versions before and after it.
 *
 * @param inTwoLists all of the answer, as its model has it
 * @param inOneOrder the versions and delete markers of it, in the order of the page
 */
record VersionPage(ListObjectVersionsOutput inTwoLists, List<? extends Shape> inOneOrder) implements Shape {
    private static final Member VERSIONS = member("Versions");
    private static final Member DELETE_MARKERS = member("DeleteMarkers");

    private static Member member(String name) {
        return Objects.requireNonNull(ListObjectVersionsOutput.SCHEMA.named(name));
    }

    @Override
    public Schema schema() {
        return inTwoLists.schema();
    }

    @Override
    public void write(ShapeWriter writer) {
        if (!writer.mixesFlattenedLists()) {
            inTwoLists.write(writer);
            return;
        }
        inTwoLists.toBuilder().versions(null).deleteMarkers(null).build().write(writer);
        for (Shape line : inOneOrder) {
            Member list = line instanceof DeleteMarkerEntry ? DELETE_MARKERS : VERSIONS;
            writer.beginList(list, 1);
            writer.writeShape(list.element(), line);
            writer.endList(list);
        }
    }
}
