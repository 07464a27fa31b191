package org.referralgateway.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.referralgateway.api.TestGateway;
import org.referralgateway.api.TestSenders;
import tools.jackson.databind.json.JsonMapper;

/** TLS and client certificates by configuration, with an authority, a server and clients made here. */
class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void aGatewayWithACertificate() throws Exception {
        authority("ca");
        issued("server", "ca", "-ext", "san=dns:localhost,ip:127.0.0.1");
        issued("client", "ca");
        issued("other-client", "ca");
        authority("strange-ca");
        issued("stranger", "strange-ca");
        gateway = TestGateway.start(
                "--server.ssl.bundle=gateway",
                "--server.ssl.client-auth=want",
                "--spring.ssl.bundle.jks.gateway.keystore.location=file:" + store("server"),
                "--spring.ssl.bundle.jks.gateway.keystore.password=" + PASSWORD,
                "--spring.ssl.bundle.jks.gateway.keystore.type=PKCS12",
                "--spring.ssl.bundle.jks.gateway.truststore.location=file:" + trust("ca"),
                "--spring.ssl.bundle.jks.gateway.truststore.password=" + PASSWORD,
                "--spring.ssl.bundle.jks.gateway.truststore.type=PKCS12",
                "--referral.assessment.enabled=false");
        gateway.senders().register("tls", "tls", TestSenders.EVERYTHING);
        gateway.senders().register("bound", "bound", TestSenders.EVERYTHING);
        gateway.db()
                .sql("update sender_client set certificate = :certificate where client = 'bound'")
                .param("certificate", Certificates.thumbprint(certificate("client")))
                .update();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void answersByTlsOnly() throws Exception {
        assertThat(get(null, "/fhir/metadata", "").statusCode()).isEqualTo(200);
        try (var http = HttpClient.newHttpClient()) {
            var plain = HttpRequest.newBuilder(URI.create(gateway.base() + "/fhir/metadata"))
                    .build();
            assertThat(http.send(plain, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void saysToComeByTlsAlwaysAndPrefersTheNewestProtocol() throws Exception {
        for (var path : new String[] {"/fhir/metadata", "/fhir/Task", "/login"}) {
            var answer = get(null, path, "");
            assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                    .contains("max-age=31536000; includeSubDomains");
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityEndsTheConnection() {
        assertThatThrownBy(() -> get("stranger", "/fhir/metadata", "")).isInstanceOf(IOException.class);
    }

    @Test
    void aTokenThatWasAskedForWithACertificateIsGoodWithItOnly() throws Exception {
        var token = token("client", "tls");

        assertThat(get("client", "/fhir/Task", token).statusCode()).isEqualTo(200);
        assertThat(get(null, "/fhir/Task", token).statusCode()).isEqualTo(401);
        assertThat(get("other-client", "/fhir/Task", token).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenThatWasAskedForWithoutOneIsBoundToNone() throws Exception {
        var token = token(null, "tls");

        assertThat(get(null, "/fhir/Task", token).statusCode()).isEqualTo(200);
        assertThat(get("other-client", "/fhir/Task", token).statusCode()).isEqualTo(200);
    }

    @Test
    void aClientThatIsRegisteredWithACertificateNeedsItAlways() throws Exception {
        assertThat(get(null, "/fhir/Task", token(null, "bound")).statusCode()).isEqualTo(401);
        assertThat(get("client", "/fhir/Task", token("client", "bound")).statusCode())
                .isEqualTo(200);
    }

    private static String token(@Nullable String certificate, String client) throws Exception {
        var form = "grant_type=client_credentials&scope=" + encoded(TestSenders.EVERYTHING)
                + "&client_assertion_type=" + encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                + "&client_assertion=" + TestSenders.assertion(client);
        var request = HttpRequest.newBuilder(at("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (var http = http(certificate)) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new JsonMapper().readTree(answer.body()).path("access_token").asString("none");
        }
    }

    private static HttpResponse<String> get(@Nullable String certificate, String path, String token) throws Exception {
        var request = HttpRequest.newBuilder(at(path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (var http = http(certificate)) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static URI at(String path) {
        return URI.create("https://localhost:" + gateway.port() + path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpClient http(@Nullable String certificate) throws GeneralSecurityException, IOException {
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keyStore(trust("ca")));
        var shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (certificate != null) {
            shown.init(keyStore(store(certificate)), PASSWORD.toCharArray());
        }
        var context = SSLContext.getInstance("TLS");
        context.init(
                certificate == null ? null : new KeyManager[] {always(certificate, shown)},
                trusted.getTrustManagers(),
                null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    /** Shows the certificate even where the server has said that it knows no such authority. */
    private static X509ExtendedKeyManager always(String certificate, KeyManagerFactory factory) {
        var keys = (X509ExtendedKeyManager) factory.getKeyManagers()[0];
        return new X509ExtendedKeyManager() {
            @Override
            public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
                return certificate;
            }

            @Override
            public String chooseEngineClientAlias(
                    String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
                return certificate;
            }

            @Override
            public X509Certificate[] getCertificateChain(String alias) {
                return keys.getCertificateChain(alias);
            }

            @Override
            public PrivateKey getPrivateKey(String alias) {
                return keys.getPrivateKey(alias);
            }

            @Override
            public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
                return new String[] {certificate};
            }

            @Override
            public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
                return new String[0];
            }

            @Override
            public @Nullable String chooseServerAlias(
                    String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
                return null;
            }
        };
    }

    private static KeyStore keyStore(Path file) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static X509Certificate certificate(String name) throws GeneralSecurityException, IOException {
        return (X509Certificate) keyStore(store(name)).getCertificate(name);
    }

    private static Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private static Path trust(String authority) {
        return folder.resolve(authority + "-trust.p12");
    }

    private static void authority(String name) throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp384r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "bc:c",
                "-keystore",
                store(name).toString());
        keytool(
                "-exportcert",
                "-alias",
                name,
                "-file",
                folder.resolve(name + ".cer").toString(),
                "-keystore",
                store(name).toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                name,
                "-file",
                folder.resolve(name + ".cer").toString(),
                "-keystore",
                trust(name).toString());
    }

    private static void issued(String name, String authority, String... more) throws Exception {
        var request = folder.resolve(name + ".csr").toString();
        var certificate = folder.resolve(name + ".cer").toString();
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp384r1",
                "-dname",
                "CN=" + name,
                "-keystore",
                store(name).toString());
        keytool(
                "-certreq",
                "-alias",
                name,
                "-file",
                request,
                "-keystore",
                store(name).toString());
        var sign = new ArrayList<>(List.of(
                "-gencert",
                "-alias",
                authority,
                "-infile",
                request,
                "-outfile",
                certificate,
                "-keystore",
                store(authority).toString()));
        sign.addAll(List.of(more));
        keytool(sign.toArray(String[]::new));
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                authority,
                "-file",
                folder.resolve(authority + ".cer").toString(),
                "-keystore",
                store(name).toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                name,
                "-file",
                certificate,
                "-keystore",
                store(name).toString());
    }

    private static void keytool(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
