package io.pileus.cognito.idp;

import io.pileus.cognito.idp.saml.InvalidSamlException;
import io.pileus.cognito.idp.saml.SamlMetadata;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.SigningCertificate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What AWS adds to the details that the caller gives: the endpoints of social providers above all. A test may give its own in their place,
 * which AWS would not allow.
 */
final class SocialProviders {
    private SocialProviders() {}

    static Map<String, String> completed(UserPool pool, String type, Map<String, String> details) {
        Map<String, String> all = new LinkedHashMap<>(details);
        switch (type) {
            case "SAML" -> saml(pool, all);
            case "Google" -> {
                all.putIfAbsent("attributes_url", "https://people.googleapis.com/v1/people/me?personFields=");
                all.putIfAbsent("attributes_url_add_attributes", "true");
                all.putIfAbsent("authorize_url", "https://accounts.google.com/o/oauth2/v2/auth");
                all.putIfAbsent("oidc_issuer", "https://accounts.google.com");
                all.putIfAbsent("token_request_method", "POST");
                all.putIfAbsent("token_url", "https://www.googleapis.com/oauth2/v4/token");
            }
            case "Facebook" -> {
                all.putIfAbsent("api_version", "v17.0");
                all.putIfAbsent("attributes_url", "https://graph.facebook.com/v17.0/me?fields=");
                all.putIfAbsent("attributes_url_add_attributes", "true");
                all.putIfAbsent("authorize_url", "https://www.facebook.com/v17.0/dialog/oauth");
                all.putIfAbsent("token_request_method", "GET");
                all.putIfAbsent("token_url", "https://graph.facebook.com/v17.0/oauth/access_token");
            }
            case "LoginWithAmazon" -> {
                all.putIfAbsent("attributes_url", "https://api.amazon.com/user/profile");
                all.putIfAbsent("attributes_url_add_attributes", "false");
                all.putIfAbsent("authorize_url", "https://www.amazon.com/ap/oa");
                all.putIfAbsent("token_request_method", "POST");
                all.putIfAbsent("token_url", "https://api.amazon.com/auth/o2/token");
            }
            case "SignInWithApple" -> {
                all.putIfAbsent("attributes_url_add_attributes", "false");
                all.putIfAbsent("authorize_url", "https://appleid.apple.com/auth/authorize");
                all.putIfAbsent("oidc_issuer", "https://appleid.apple.com");
                all.putIfAbsent("token_request_method", "POST");
                all.putIfAbsent("token_url", "https://appleid.apple.com/auth/token");
            }
            case "OIDC" -> all.putIfAbsent("attributes_url_add_attributes", "false");
            default -> {}
        }
        return all;
    }

    /** What AWS says of a SAML provider beside its settings: where it is, and the certificate to encrypt for the pool. */
    private static void saml(UserPool pool, Map<String, String> all) {
        all.putIfAbsent("IDPSignout", "false");
        if ("true".equalsIgnoreCase(all.get("EncryptedResponses"))) {
            all.put(
                    "ActiveEncryptionCertificate",
                    SigningCertificate.base64(
                            pool.signingKeys().accessTokenKey(),
                            pool.id(),
                            pool.settings().creationDate()));
        } else {
            all.remove("ActiveEncryptionCertificate");
        }
        String file = all.get("MetadataFile");
        if (file != null) {
            try {
                SamlMetadata metadata = SamlMetadata.parse(file);
                all.put("SSORedirectBindingURI", metadata.singleSignOn());
                all.remove("SLORedirectBindingURI");
                if (!metadata.singleLogout().isEmpty()) {
                    all.put("SLORedirectBindingURI", metadata.singleLogout());
                }
            } catch (InvalidSamlException e) {
                throw CognitoErrors.invalidParameter("Invalid SAML metadata: " + e.getMessage() + ".");
            }
        }
    }
}
