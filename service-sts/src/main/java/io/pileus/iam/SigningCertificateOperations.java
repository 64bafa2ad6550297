package io.pileus.iam;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.SigningCertificate;
import io.pileus.iam.state.User;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/** X.509 signing certificates of users. */
final class SigningCertificateOperations {
    private final IamAccounts accounts;
    private final Ids ids;

    SigningCertificateOperations(IamAccounts accounts, Ids ids) {
        this.accounts = accounts;
        this.ids = ids;
    }

    UploadSigningCertificateResponse uploadSigningCertificate(UploadSigningCertificateRequest input, CallContext call) {
        String digest = digest(Certificates.one(input.certificateBody()));
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.userOrCaller(account, input.userName(), call);
            boolean taken = account.users().values().stream()
                    .flatMap(u -> u.signingCertificates().values().stream())
                    .anyMatch(c -> c.digest().equals(digest));
            if (taken) {
                throw DuplicateCertificateException.of(
                        "The same certificate is already associated with an IAM user in the account.");
            }
            if (user.signingCertificates().size() >= IamLimits.SIGNING_CERTIFICATES_PER_USER) {
                throw IamErrors.quota("CertificatesPerUser", IamLimits.SIGNING_CERTIFICATES_PER_USER);
            }
            SigningCertificate certificate = new SigningCertificate(
                    ids.upperAlphanumeric(32), input.certificateBody(), digest, "Active", Times.of(call));
            user.signingCertificates().put(certificate.id(), certificate);
            return UploadSigningCertificateResponse.builder()
                    .certificate(answer(user, certificate))
                    .build();
        });
    }

    private static String digest(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw MalformedCertificateException.of(
                    "Unable to parse certificate. Please ensure the certificate is in PEM format.");
        }
    }

    private static io.pileus.iam.model.SigningCertificate answer(User user, SigningCertificate certificate) {
        return io.pileus.iam.model.SigningCertificate.builder()
                .userName(user.name())
                .certificateId(certificate.id())
                .certificateBody(certificate.body())
                .status(certificate.status())
                .uploadDate(certificate.uploaded())
                .build();
    }

    ListSigningCertificatesResponse listSigningCertificates(ListSigningCertificatesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.userOrCaller(account, input.userName(), call);
            Page<SigningCertificate> page = Page.of(
                    List.copyOf(user.signingCertificates().values()),
                    SigningCertificate::id,
                    input.marker(),
                    input.maxItems());
            return ListSigningCertificatesResponse.builder()
                    .certificates(
                            page.items().stream().map(c -> answer(user, c)).toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    UpdateSigningCertificateResponse updateSigningCertificate(UpdateSigningCertificateRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.userOrCaller(account, input.userName(), call);
            SigningCertificate certificate = certificate(user, input.certificateId());
            user.signingCertificates()
                    .put(certificate.id(), certificate.withStatus(Entities.settableStatus(input.status())));
            return new UpdateSigningCertificateResponse();
        });
    }

    DeleteSigningCertificateResponse deleteSigningCertificate(DeleteSigningCertificateRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.userOrCaller(account, input.userName(), call);
            user.signingCertificates()
                    .remove(certificate(user, input.certificateId()).id());
            return new DeleteSigningCertificateResponse();
        });
    }

    private static SigningCertificate certificate(User user, String id) {
        SigningCertificate certificate = user.signingCertificates().get(id);
        if (certificate == null) {
            throw IamErrors.noSuchEntity("The Certificate with id " + id + " cannot be found.");
        }
        return certificate;
    }
}
