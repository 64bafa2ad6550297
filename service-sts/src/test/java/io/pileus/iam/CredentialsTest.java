package io.pileus.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.iam.model.*;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/** Credentials of users besides access keys, and server certificates. */
class CredentialsTest {
    private static final Instant EXPIRATION = Instant.parse("2040-01-01T00:00:00Z");
    private static final KeyPair CA = keyPair("RSA", 2048);
    private static final KeyPair RSA = keyPair("RSA", 2048);
    private static final KeyPair EC = keyPair("EC", 256);

    private final TestEnvironment env = TestEnvironment.fresh();
    private final IamAccounts accounts = new IamAccounts(env.ids());
    private final IamService iam = new IamService(accounts, new EntityPolicies(accounts), env.ids());

    private CallContext call() {
        return TestCalls.callOf(env, "111111111111");
    }

    private void aUser(String name) {
        iam.createUser(CreateUserRequest.builder().userName(name).build(), call());
    }

    private static void fails(Runnable operation, String code, String message) {
        AwsException error = catchThrowableOfType(AwsException.class, operation::run);
        assertThat(error).isNotNull();
        assertThat(error.queryCode()).isEqualTo(code);
        assertThat(error.getMessage()).startsWith(message);
    }

    private static KeyPair keyPair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String certificate(String subject, KeyPair pair, String issuer, KeyPair signer) {
        try {
            return pem(new JcaX509v3CertificateBuilder(
                            new X500Name("CN=" + issuer),
                            BigInteger.valueOf(subject.hashCode() & 0xffff),
                            Date.from(Instant.parse("2020-01-01T00:00:00Z")),
                            Date.from(EXPIRATION),
                            new X500Name("CN=" + subject),
                            pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate())));
        } catch (org.bouncycastle.operator.OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pkcs8(PrivateKey key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static String pem(Object item) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(item);
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    // ---- SSH public keys ----------------------------------------------------------------------------------------

    private static String ssh(KeyPair pair) {
        return new SshKeys((RSAPublicKey) pair.getPublic()).ssh();
    }

    private SSHPublicKey upload(String user, String body) {
        return Objects.requireNonNull(iam.uploadSSHPublicKey(
                        UploadSSHPublicKeyRequest.builder()
                                .userName(user)
                                .sshPublicKeyBody(body)
                                .build(),
                        call())
                .sshPublicKey());
    }

    private String body(String id, String encoding) {
        return Objects.requireNonNull(iam.getSSHPublicKey(
                                GetSSHPublicKeyRequest.builder()
                                        .userName("alice")
                                        .sshPublicKeyId(id)
                                        .encoding(encoding)
                                        .build(),
                                call())
                        .sshPublicKey())
                .sshPublicKeyBody();
    }

    @Test
    void anSshKeyIsGivenBackInEitherEncoding() {
        aUser("alice");

        SSHPublicKey key = upload("alice", ssh(RSA) + " alice@laptop");

        assertThat(key.sshPublicKeyId()).matches("APKA[A-Z2-7]{16}");
        assertThat(key.fingerprint()).matches("([0-9a-f]{2}:){15}[0-9a-f]{2}");
        assertThat(key.status()).isEqualTo("Active");
        assertThat(body(key.sshPublicKeyId(), "SSH")).isEqualTo(ssh(RSA));
        assertThat(body(key.sshPublicKeyId(), "PEM"))
                .isEqualTo("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(RSA.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
    }

    @Test
    void theSameSshKeyInAnotherEncodingIsADuplicate() {
        aUser("alice");
        SSHPublicKey key = upload("alice", ssh(RSA));

        fails(() -> upload("alice", body(key.sshPublicKeyId(), "PEM")), "DuplicateSSHPublicKey", "");
    }

    @Test
    void badSshKeysAreRefused() {
        aUser("alice");

        fails(() -> upload("alice", "ssh-ed25519 AAAAC3Nz"), "UnrecognizedPublicKeyEncoding", "");
        fails(() -> upload("alice", "ssh-rsa AAAAB3NzaC1yc2E="), "InvalidPublicKey", "");
        fails(() -> upload("alice", "ssh-rsa "), "UnrecognizedPublicKeyEncoding", "");
        fails(() -> upload("alice", ssh(keyPair("RSA", 1024))), "InvalidPublicKey", "");
        fails(() -> upload("bob", ssh(RSA)), "NoSuchEntity", "The user with name bob cannot be found.");
    }

    @Test
    void aUserWithAnSshKeyIsNotDeleted() {
        aUser("alice");
        String id = upload("alice", ssh(RSA)).sshPublicKeyId();
        DeleteUserRequest deletion =
                DeleteUserRequest.builder().userName("alice").build();

        fails(
                () -> iam.deleteUser(deletion, call()),
                "DeleteConflict",
                "Cannot delete entity, must remove referenced objects first.");
        iam.updateSSHPublicKey(
                UpdateSSHPublicKeyRequest.builder()
                        .userName("alice")
                        .sshPublicKeyId(id)
                        .status("Inactive")
                        .build(),
                call());
        assertThat(iam.listSSHPublicKeys(
                                ListSSHPublicKeysRequest.builder()
                                        .userName("alice")
                                        .build(),
                                call())
                        .sshPublicKeys())
                .extracting(SSHPublicKeyMetadata::status)
                .containsExactly("Inactive");
        iam.deleteSSHPublicKey(
                DeleteSSHPublicKeyRequest.builder()
                        .userName("alice")
                        .sshPublicKeyId(id)
                        .build(),
                call());
        iam.deleteUser(deletion, call());
        fails(() -> iam.deleteUser(deletion, call()), "NoSuchEntity", "");
    }

    // ---- service-specific credentials ---------------------------------------------------------------------------

    private ServiceSpecificCredential credential(String service, Integer days) {
        return Objects.requireNonNull(iam.createServiceSpecificCredential(
                        CreateServiceSpecificCredentialRequest.builder()
                                .userName("alice")
                                .serviceName(service)
                                .credentialAgeDays(days)
                                .build(),
                        call())
                .serviceSpecificCredential());
    }

    private List<ServiceSpecificCredentialMetadata> credentials() {
        return iam.listServiceSpecificCredentials(
                        ListServiceSpecificCredentialsRequest.builder()
                                .userName("alice")
                                .build(),
                        call())
                .serviceSpecificCredentials();
    }

    @Test
    void aCodeCommitCredentialIsAUserNameAndAPassword() {
        aUser("alice");

        ServiceSpecificCredential first = credential("codecommit.amazonaws.com", null);
        ServiceSpecificCredential second = credential("codecommit.amazonaws.com", null);

        assertThat(first.serviceUserName()).isEqualTo("alice-at-111111111111");
        assertThat(second.serviceUserName()).isEqualTo("alice+1-at-111111111111");
        assertThat(first.servicePassword()).isNotBlank().isNotEqualTo(second.servicePassword());
        assertThat(first.serviceCredentialSecret()).isNull();
        fails(
                () -> credential("codecommit.amazonaws.com", null),
                "LimitExceeded",
                "Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2");
        ServiceSpecificCredential reset = Objects.requireNonNull(iam.resetServiceSpecificCredential(
                        ResetServiceSpecificCredentialRequest.builder()
                                .serviceSpecificCredentialId(first.serviceSpecificCredentialId())
                                .build(),
                        call())
                .serviceSpecificCredential());
        assertThat(reset.serviceUserName()).isEqualTo(first.serviceUserName());
        assertThat(reset.servicePassword()).isNotEqualTo(first.servicePassword());
        fails(() -> credential("sqs.amazonaws.com", null), "NotSupportedService", "");
    }

    @Test
    void anApiKeyExpiresAtItsAge() {
        aUser("alice");
        ServiceSpecificCredential key = credential("bedrock.amazonaws.com", 30);
        assertThat(key.serviceCredentialSecret()).isNotBlank();
        assertThat(key.expirationDate()).isEqualTo(key.createDate().plus(Duration.ofDays(30)));
        assertThat(credentials().getFirst().status()).isEqualTo("Active");

        env.time().advance(Duration.ofDays(30));

        assertThat(credentials().getFirst().status()).isEqualTo("Expired");
    }

    // ---- certificates -------------------------------------------------------------------------------------------

    private UploadServerCertificateRequest.Builder serverCertificate(String body, Object key) {
        return UploadServerCertificateRequest.builder()
                .serverCertificateName("site")
                .path("/cloudfront/")
                .certificateBody(body)
                .privateKey(key instanceof String text ? text : pkcs8((PrivateKey) key));
    }

    @Test
    void aServerCertificateIsKeptWithItsChainAndWithoutItsKey() {
        String body = certificate("site", RSA, "ca", CA);
        String chain = certificate("ca", CA, "ca", CA);
        String pkcs1 = pem(RSA.getPrivate());
        assertThat(pkcs1).startsWith("-----BEGIN RSA PRIVATE KEY-----");

        ServerCertificateMetadata metadata = Objects.requireNonNull(iam.uploadServerCertificate(
                        serverCertificate(body, pkcs1).certificateChain(chain).build(), call())
                .serverCertificateMetadata());

        assertThat(metadata.arn()).isEqualTo("arn:aws:iam::111111111111:server-certificate/cloudfront/site");
        assertThat(metadata.serverCertificateId()).matches("ASCA[A-Z0-9]{17}");
        assertThat(metadata.expiration()).isEqualTo(EXPIRATION);
        ServerCertificate kept = iam.getServerCertificate(
                        GetServerCertificateRequest.builder()
                                .serverCertificateName("SITE")
                                .build(),
                        call())
                .serverCertificate();
        assertThat(kept.certificateBody()).isEqualTo(body);
        assertThat(kept.certificateChain()).isEqualTo(chain);
        fails(
                () -> iam.uploadServerCertificate(
                        serverCertificate(body, RSA.getPrivate()).build(), call()),
                "EntityAlreadyExists",
                "The Server Certificate with name site already exists.");
    }

    @Test
    void aServerCertificateIsRenamedAndItsArnWithIt() {
        iam.uploadServerCertificate(
                serverCertificate(certificate("site", EC, "ca", CA), EC.getPrivate())
                        .build(),
                call());

        iam.updateServerCertificate(
                UpdateServerCertificateRequest.builder()
                        .serverCertificateName("site")
                        .newServerCertificateName("shop")
                        .newPath("/")
                        .build(),
                call());

        assertThat(iam.listServerCertificates(
                                ListServerCertificatesRequest.builder().build(), call())
                        .serverCertificateMetadataList())
                .extracting(ServerCertificateMetadata::arn)
                .containsExactly("arn:aws:iam::111111111111:server-certificate/shop");
        iam.deleteServerCertificate(
                DeleteServerCertificateRequest.builder()
                        .serverCertificateName("shop")
                        .build(),
                call());
        fails(
                () -> iam.deleteServerCertificate(
                        DeleteServerCertificateRequest.builder()
                                .serverCertificateName("shop")
                                .build(),
                        call()),
                "NoSuchEntity",
                "The Server Certificate with name shop cannot be found.");
    }

    @Test
    void certificatesAndKeysThatDoNotFitAreRefused() {
        String body = certificate("site", RSA, "ca", CA);

        fails(
                () -> iam.uploadServerCertificate(
                        serverCertificate("nonsense", RSA.getPrivate()).build(), call()),
                "MalformedCertificate",
                "Unable to parse certificate. Please ensure the certificate is in PEM format.");
        fails(
                () -> iam.uploadServerCertificate(
                        serverCertificate(body, "nonsense").build(), call()),
                "MalformedCertificate",
                "Invalid Private Key.");
        fails(
                () -> iam.uploadServerCertificate(
                        serverCertificate(body, CA.getPrivate()).build(), call()),
                "KeyPairMismatch",
                "");
        fails(
                () -> iam.uploadServerCertificate(
                        serverCertificate(body, EC.getPrivate()).build(), call()),
                "KeyPairMismatch",
                "");
        fails(
                () -> iam.uploadServerCertificate(
                        serverCertificate(body, RSA.getPrivate())
                                .certificateChain(certificate("other", EC, "ca", CA))
                                .build(),
                        call()),
                "MalformedCertificate",
                "Unable to validate certificate chain. The certificate chain must start with the immediate signing"
                        + " certificate, followed by any intermediaries in order. The index within the chain of the"
                        + " invalid certificate is: 0");
    }

    @Test
    void aSigningCertificateBelongsToOneUserOnly() {
        aUser("alice");
        aUser("bob");
        String body = certificate("alice", RSA, "ca", CA);
        SigningCertificate mine = iam.uploadSigningCertificate(
                        UploadSigningCertificateRequest.builder()
                                .userName("alice")
                                .certificateBody(body)
                                .build(),
                        call())
                .certificate();

        fails(
                () -> iam.uploadSigningCertificate(
                        UploadSigningCertificateRequest.builder()
                                .userName("bob")
                                .certificateBody(body)
                                .build(),
                        call()),
                "DuplicateCertificate",
                "");
        assertThat(mine.certificateId()).matches("[A-Z0-9]{32}");
        assertThat(iam.listSigningCertificates(
                                ListSigningCertificatesRequest.builder()
                                        .userName("alice")
                                        .build(),
                                call())
                        .certificates())
                .containsExactly(mine);
        iam.deleteSigningCertificate(
                DeleteSigningCertificateRequest.builder()
                        .userName("alice")
                        .certificateId(mine.certificateId())
                        .build(),
                call());
        assertThat(iam.listSigningCertificates(
                                ListSigningCertificatesRequest.builder()
                                        .userName("alice")
                                        .build(),
                                call())
                        .certificates())
                .isEmpty();
    }

    // ---- passwords ----------------------------------------------------------------------------------------------

    private void password(String text) {
        iam.updateLoginProfile(
                UpdateLoginProfileRequest.builder()
                        .userName("alice")
                        .password(text)
                        .build(),
                call());
    }

    @Test
    void thePasswordPolicyRemembersPasswords() {
        aUser("alice");
        iam.createLoginProfile(
                CreateLoginProfileRequest.builder()
                        .userName("alice")
                        .password("First-1-password")
                        .build(),
                call());
        iam.updateAccountPasswordPolicy(
                UpdateAccountPasswordPolicyRequest.builder()
                        .passwordReusePrevention(2)
                        .build(),
                call());
        password("Second-2-password");

        fails(() -> password("Second-2-password"), "PasswordPolicyViolation", "");
        fails(() -> password("First-1-password"), "PasswordPolicyViolation", "");
        password("Third-3-password");
        password("First-1-password");
    }

    @Test
    void theCredentialReportTellsOfPasswordsKeysAndCertificates() {
        aUser("alice");
        iam.createLoginProfile(
                CreateLoginProfileRequest.builder()
                        .userName("alice")
                        .password("First-1-password")
                        .build(),
                call());
        iam.updateAccountPasswordPolicy(
                UpdateAccountPasswordPolicyRequest.builder().maxPasswordAge(90).build(), call());
        iam.uploadSigningCertificate(
                UploadSigningCertificateRequest.builder()
                        .userName("alice")
                        .certificateBody(certificate("alice", RSA, "ca", CA))
                        .build(),
                call());
        String now = env.now().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "+00:00");
        String later = env.now()
                .plus(Duration.ofDays(90))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace("Z", "+00:00");
        iam.generateCredentialReport(GenerateCredentialReportRequest.builder().build(), call());

        String report = Objects.requireNonNull(iam.getCredentialReport(
                                GetCredentialReportRequest.builder().build(), call())
                        .content())
                .utf8();

        assertThat(report.split("\n")[2])
                .isEqualTo("alice,arn:aws:iam::111111111111:user/alice," + now + ",true,no_information," + now + ","
                        + later + ",false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,true," + now + ",false,N/A");
    }

    // ---- organizations ------------------------------------------------------------------------------------------

    @Test
    void centralRootAccessIsSwitchedOnAndOff() {
        iam.enableOrganizationsRootSessions(
                EnableOrganizationsRootSessionsRequest.builder().build(), call());
        EnableOrganizationsRootCredentialsManagementResponse both = iam.enableOrganizationsRootCredentialsManagement(
                EnableOrganizationsRootCredentialsManagementRequest.builder().build(), call());
        assertThat(both.enabledFeatures()).containsExactly("RootCredentialsManagement", "RootSessions");
        assertThat(both.organizationId()).matches("o-[a-z0-9]{10,32}");

        iam.disableOrganizationsRootSessions(
                DisableOrganizationsRootSessionsRequest.builder().build(), call());

        assertThat(iam.listOrganizationsFeatures(
                                ListOrganizationsFeaturesRequest.builder().build(), call())
                        .enabledFeatures())
                .containsExactly("RootCredentialsManagement");
    }
}
