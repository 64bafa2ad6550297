package io.pileus.sts;

import io.pileus.sts.model.AssumedRoleUser;
import io.pileus.sts.model.Credentials;

/** How sessions look in answers. */
final class Answers {
    private Answers() {}

    static Credentials credentials(Session session) {
        return Credentials.builder()
                .accessKeyId(session.accessKeyId())
                .secretAccessKey(session.secretAccessKey())
                .sessionToken(session.sessionToken())
                .expiration(session.expiration())
                .build();
    }

    static AssumedRoleUser assumedRoleUser(Session session) {
        return AssumedRoleUser.builder()
                .assumedRoleId(session.principal().userId())
                .arn(session.principal().arn())
                .build();
    }
}
