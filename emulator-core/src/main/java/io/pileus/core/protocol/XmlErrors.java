package io.pileus.core.protocol;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.ServiceModel;
import io.pileus.core.shape.Shape;

/** The {@code Error} element of AWS's XML answers. */
final class XmlErrors {
    private XmlErrors() {}

    /** {@code <Error>} with its type, code, message, and the members of a modelled error. */
    static void write(XmlShapeWriter xml, ServiceModel model, AwsException error, String code) {
        xml.open("Error");
        xml.text("Type", error.senderFault() ? "Sender" : "Receiver");
        xml.text("Code", code);
        if (error.getMessage() != null) {
            xml.text("Message", error.getMessage());
        }
        if (error instanceof Shape shape) {
            xml.skipping(member -> member.name().equalsIgnoreCase("message"));
            shape.write(xml);
        }
        if (model.queryCompatible()) {
            xml.text("Detail", ""); // SQS shows it, SNS, STS and IAM do not
        }
        xml.close("Error");
    }
}
