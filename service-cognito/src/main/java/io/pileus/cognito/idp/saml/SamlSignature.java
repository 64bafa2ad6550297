package io.pileus.cognito.idp.saml;

import java.security.PublicKey;
import java.util.List;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Element;

/** Signatures of identity providers. */
final class SamlSignature {
    private SamlSignature() {}

    /** Whether one of the provider's keys has signed just this element. */
    static boolean covers(Element element, SamlMetadata provider) throws InvalidSamlException {
        List<Element> signatures = SafeXml.children(element, SamlMetadata.SIGNATURE, "Signature");
        String id = element.getAttribute("ID");
        if (signatures.size() != 1 || id.isEmpty()) {
            return false;
        }
        element.setIdAttribute("ID", true);
        for (PublicKey key : provider.keys()) {
            DOMValidateContext context = new DOMValidateContext(key, signatures.getFirst());
            context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.TRUE);
            context.setIdAttributeNS(element, null, "ID");
            try {
                XMLSignature signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
                List<Reference> references = signature.getSignedInfo().getReferences();
                boolean refersHere = references.size() == 1
                        && ("#" + id).equals(references.getFirst().getURI());
                if (refersHere && signature.validate(context)) {
                    return true;
                }
            } catch (MarshalException | XMLSignatureException e) {
                throw new InvalidSamlException("The signature cannot be checked");
            }
        }
        return false;
    }
}
