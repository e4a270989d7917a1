package dev.pitcrew.runtime.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// An authority of a test's own, and whom it signed: in a folder for each, as `docker` has them.
public final class TestingCertificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path store;

    public TestingCertificates(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        store = folder.resolve("keys.p12");
        keytool("ca", List.of("-ext", "bc:c"));
    }

    /// A folder with `ca.pem`, `cert.pem` and `key.pem` of somebody whom the authority signed.
    ///
    /// @param address of a server; empty for a client
    public Path sign(String name, String address) throws Exception {
        keytool(
                name,
                List.of(
                        "-signer",
                        "ca",
                        "-ext",
                        address.isEmpty() ? "eku=clientAuth" : "san=ip:" + address));
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var own = Files.createDirectories(folder.resolve(name));
        pem(own.resolve("ca.pem"), "CERTIFICATE", keys.getCertificate("ca").getEncoded());
        pem(own.resolve("cert.pem"), "CERTIFICATE", keys.getCertificate(name).getEncoded());
        pem(
                own.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
        return own;
    }

    private void keytool(String name, List<String> more)
            throws IOException, InterruptedException, GeneralSecurityException {
        var argv =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                name,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                store.toString()));
        argv.addAll(more);
        TestingImages.run(argv);
    }

    private static void pem(Path file, String what, byte[] bytes) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what));
    }
}
