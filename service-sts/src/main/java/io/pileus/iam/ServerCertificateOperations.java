package io.pileus.iam;

import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.ServerCertificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Server certificates. */
final class ServerCertificateOperations {
    private final IamAccounts accounts;

    ServerCertificateOperations(IamAccounts accounts) {
        this.accounts = accounts;
    }

    UploadServerCertificateResponse uploadServerCertificate(UploadServerCertificateRequest input, CallContext call) {
        X509Certificate parsed = Certificates.one(input.certificateBody());
        Certificates.checkPrivateKey(input.privateKey(), parsed);
        Optional<String> chain = Optional.ofNullable(input.certificateChain());
        chain.ifPresent(pem -> Certificates.checkChain(pem, parsed));
        Tags.check(Map.of(), input.tags());
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            String name = input.serverCertificateName();
            checkFree(account, name);
            if (account.serverCertificates().size() >= IamLimits.SERVER_CERTIFICATES) {
                throw IamErrors.quota("ServerCertificatesPerAccount", IamLimits.SERVER_CERTIFICATES);
            }
            ServerCertificate certificate = new ServerCertificate(
                    account.id(),
                    account.uniqueId("ASCA"),
                    name,
                    Entities.path(input.path()),
                    new ServerCertificate.Content(
                            input.certificateBody(), chain, parsed.getNotAfter().toInstant()),
                    Times.of(call));
            Tags.put(certificate.tags(), input.tags());
            account.serverCertificates().put(name, certificate);
            return UploadServerCertificateResponse.builder()
                    .serverCertificateMetadata(metadata(certificate))
                    .tags(Answers.noneIfEmpty(Tags.of(certificate.tags())))
                    .build();
        });
    }

    private static void checkFree(IamAccount account, String name) {
        if (account.serverCertificates().containsKey(name)) {
            throw IamErrors.entityAlreadyExists("The Server Certificate with name " + name + " already exists.");
        }
    }

    private static ServerCertificateMetadata metadata(ServerCertificate certificate) {
        return ServerCertificateMetadata.builder()
                .path(certificate.path())
                .serverCertificateName(certificate.name())
                .serverCertificateId(certificate.id())
                .arn(certificate.arn())
                .uploadDate(certificate.uploaded())
                .expiration(certificate.content().expiration())
                .build();
    }

    GetServerCertificateResponse getServerCertificate(GetServerCertificateRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            ServerCertificate certificate = certificate(account, input.serverCertificateName());
            return GetServerCertificateResponse.builder()
                    .serverCertificate(io.pileus.iam.model.ServerCertificate.builder()
                            .serverCertificateMetadata(metadata(certificate))
                            .certificateBody(certificate.content().body())
                            .certificateChain(certificate.content().chain().orElse(null))
                            .tags(Answers.noneIfEmpty(Tags.of(certificate.tags())))
                            .build())
                    .build();
        });
    }

    ListServerCertificatesResponse listServerCertificates(ListServerCertificatesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            List<ServerCertificate> certificates = account.serverCertificates().values().stream()
                    .filter(c -> Entities.under(c.path(), input.pathPrefix()))
                    .toList();
            Page<ServerCertificate> page =
                    Page.of(certificates, ServerCertificate::name, input.marker(), input.maxItems());
            return ListServerCertificatesResponse.builder()
                    .serverCertificateMetadataList(page.items().stream()
                            .map(ServerCertificateOperations::metadata)
                            .toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    UpdateServerCertificateResponse updateServerCertificate(UpdateServerCertificateRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            ServerCertificate certificate = certificate(account, input.serverCertificateName());
            String newName =
                    input.newServerCertificateName() == null ? certificate.name() : input.newServerCertificateName();
            if (!newName.equalsIgnoreCase(certificate.name())) {
                checkFree(account, newName);
            }
            account.serverCertificates().remove(certificate.name());
            certificate.rename(newName, input.newPath() == null ? certificate.path() : input.newPath());
            account.serverCertificates().put(newName, certificate);
            return new UpdateServerCertificateResponse();
        });
    }

    DeleteServerCertificateResponse deleteServerCertificate(DeleteServerCertificateRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            account.serverCertificates()
                    .remove(certificate(account, input.serverCertificateName()).name());
            return new DeleteServerCertificateResponse();
        });
    }

    TagServerCertificateResponse tagServerCertificate(TagServerCertificateRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.put(certificate(account, input.serverCertificateName()).tags(), input.tags());
            return new TagServerCertificateResponse();
        });
    }

    UntagServerCertificateResponse untagServerCertificate(UntagServerCertificateRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.remove(certificate(account, input.serverCertificateName()).tags(), input.tagKeys());
            return new UntagServerCertificateResponse();
        });
    }

    ListServerCertificateTagsResponse listServerCertificateTags(
            ListServerCertificateTagsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Page<Tag> page = Tags.page(
                    certificate(account, input.serverCertificateName()).tags(), input.marker(), input.maxItems());
            return ListServerCertificateTagsResponse.builder()
                    .tags(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    private static ServerCertificate certificate(IamAccount account, String name) {
        ServerCertificate certificate = account.serverCertificates().get(name);
        if (certificate == null) {
            throw IamErrors.noSuchEntity("The Server Certificate with name " + name + " cannot be found.");
        }
        return certificate;
    }
}
