package io.pileus.cognito.idp;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The endpoints of social providers, which AWS adds to what the caller gives. A test may give its own in their place,
 * which AWS would not allow.
 */
final class SocialProviders {
    private SocialProviders() {}

    static Map<String, String> completed(String type, Map<String, String> details) {
        Map<String, String> all = new LinkedHashMap<>(details);
        switch (type) {
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
}
