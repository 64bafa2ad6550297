package io.pileus.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which members of inputs and outputs nobody shall read in a log: passwords, tokens, codes, keys and what KMS protects. */
final class Secrets {
    static final String MASK = "***";

    /** Names without regard to case and underscores, so that {@code SECRET_HASH} is {@code SecretHash}. */
    private static final Set<String> NAMES = Set.of(
            "accesstoken",
            "answer",
            "assertion",
            "clientsecret",
            "code",
            "confirmationcode",
            "devicesecretverifierconfig",
            "emailotpcode",
            "encryptedkeymaterial",
            "idtoken",
            "importtoken",
            "newpassword",
            "password",
            "passwordclaimsecretblock",
            "passwordclaimsignature",
            "plaintext",
            "previouspassword",
            "privatekey",
            "privatekeyplaintext",
            "proposedpassword",
            "refreshtoken",
            "samlassertion",
            "secretaccesskey",
            "secretblock",
            "secretcode",
            "secrethash",
            "session",
            "sessiontoken",
            "smsmfacode",
            "smsotpcode",
            "softwaretokenmfacode",
            "temporarypassword",
            "token",
            "tokencode",
            "usercode",
            "webidentitytoken");

    /** {@code Code} is Lambda's or S3's word for something that is not secret. */
    private static final Set<String> WITH_PLAIN_CODE = Set.of("lambda", "s3", "stepfunctions");

    private Secrets() {}

    /** The document with its secrets masked, in place. */
    static JsonNode mask(String service, JsonNode document) {
        switch (document) {
            case ObjectNode object -> {
                for (Map.Entry<String, JsonNode> field : object.properties()) {
                    boolean secret = isSecret(service, field.getKey());
                    if (secret && !field.getValue().isNull()) {
                        field.setValue(TextNode.valueOf(MASK));
                    } else {
                        mask(service, field.getValue());
                    }
                }
            }
            case ArrayNode array -> array.forEach(element -> mask(service, element));
            default -> {
                // a value that its name has been asked about already
            }
        }
        return document;
    }

    private static boolean isSecret(String service, String name) {
        String plain = name.replace("_", "").toLowerCase(Locale.ROOT);
        return NAMES.contains(plain) && !(plain.equals("code") && WITH_PLAIN_CODE.contains(service));
    }
}
