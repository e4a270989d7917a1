package dev.pitcrew.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.runtime.http.Certificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Beyond the loopback: by TLS, with a certificate of PEM files.
@Tag("real")
class TlsTest {
    @TempDir Path folder;

    @Test
    void beyond_the_loopback_cookies_are_for_tls_alone() throws Exception {
        var store = certificate();
        var tls = Certificate.tls(folder.resolve("chain.pem"), folder.resolve("key.pem"));
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var desk =
                        new ServedDesk(
                                folder.resolve("desk"),
                                Optional.of(new Listening.Beyond(address, tls, false)));
                var http = HttpClient.newBuilder().sslContext(trusting(store)).build()) {
            var login =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "https://localhost:%d/login"
                                                    .formatted(
                                                            desk.api().portBeyond().orElseThrow())))
                            .POST(BodyPublishers.ofString("token=" + desk.ann))
                            .build();

            var answer = http.send(login, BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                    .startsWith("__Host-pitcrew=")
                    .endsWith("; Secure");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
        }
    }

    @Test
    void where_clients_are_named_nobody_comes_in_without_a_certificate_of_his_own()
            throws Exception {
        var store = certificate();
        var chain = folder.resolve("chain.pem");
        var tls = Certificate.tls(chain, folder.resolve("key.pem"), Optional.of(chain));
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var desk =
                        new ServedDesk(
                                folder.resolve("desk"),
                                Optional.of(new Listening.Beyond(address, tls, true)));
                var nobody = HttpClient.newBuilder().sslContext(trusting(store)).build();
                var client = HttpClient.newBuilder().sslContext(tls).build()) {
            var status =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "https://localhost:%d/v1/status"
                                                    .formatted(
                                                            desk.api().portBeyond().orElseThrow())))
                            .header("Authorization", "Bearer " + desk.ann)
                            .build();

            assertThat(client.send(status, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> nobody.send(status, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void what_is_no_certificate_with_its_key_is_refused_with_the_reason() throws Exception {
        var chain = Files.writeString(folder.resolve("a.pem"), "nothing");
        var key = Files.writeString(folder.resolve("b.pem"), "nothing");

        assertThatThrownBy(() -> Certificate.tls(chain, key))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("a.pem");
    }

    private KeyStore certificate() throws Exception {
        var file = folder.resolve("keys.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made =
                new ProcessBuilder(
                                keytool,
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost",
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                "changeit",
                                "-keystore",
                                file.toString())
                        .inheritIO()
                        .start();
        assertThat(made.waitFor()).isZero();
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        pem("chain.pem", "CERTIFICATE", store.getCertificate("server").getEncoded());
        pem(
                "key.pem",
                "PRIVATE KEY",
                store.getKey("server", "changeit".toCharArray()).getEncoded());
        return store;
    }

    private void pem(String file, String what, byte[] bytes) throws Exception {
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what));
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        var only = KeyStore.getInstance("PKCS12");
        only.load(null, null);
        only.setCertificateEntry("server", store.getCertificate("server"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(only);
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }
}
