package dev.pitcrew.runtime.http;

import dev.pitcrew.model.OperationFailed;
import dev.pitcrew.model.OperationFailed.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// A certificate and its key, as PEM files.
public final class Certificate {
    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private Certificate() {}

    /// TLS with what the files say.
    ///
    /// @param chain the certificate, then those that signed it, in PEM
    /// @param key its private key in PEM, PKCS #8 without a password
    /// @throws OperationFailed with `FILE_UNUSABLE` when they can't be used
    public static SSLContext tls(Path chain, Path key) {
        return tls(chain, key, Optional.empty());
    }

    /// The same, where the other side shows a certificate too.
    ///
    /// @param others certificates in PEM: theirs, or those that signed them; empty to ask for none
    /// @throws OperationFailed with `FILE_UNUSABLE` when they can't be used
    public static SSLContext tls(Path chain, Path key, Optional<Path> others) {
        try {
            var certificates = certificates(chain);
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            var nothing = new char[0]; // it stays in memory
            store.setKeyEntry(
                    "own",
                    privateKey(Files.readString(key), key),
                    nothing,
                    certificates.toArray(new java.security.cert.Certificate[0]));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, nothing);
            var tls = SSLContext.getInstance("TLS");
            tls.init(keys.getKeyManagers(), others.isEmpty() ? null : trusting(others.get()), null);
            return tls;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new OperationFailed(
                    Code.FILE_UNUSABLE,
                    "%s and %s are no certificate with its key%s: %s"
                            .formatted(
                                    chain,
                                    key,
                                    others.map(one -> ", or nothing is trusted by " + one)
                                            .orElse(""),
                                    e.getMessage()),
                    e);
        }
    }

    private static Collection<? extends java.security.cert.Certificate> certificates(Path pem)
            throws IOException, GeneralSecurityException {
        return java.security.cert.CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(pem)));
    }

    private static TrustManager[] trusting(Path pem) throws IOException, GeneralSecurityException {
        var all = certificates(pem);
        if (all.isEmpty()) {
            throw new IllegalArgumentException(pem + " holds no certificate");
        }
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (var one : all) {
            store.setCertificateEntry("trusted-" + store.size(), one);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }

    private static PrivateKey privateKey(String pem, Path file) throws GeneralSecurityException {
        var found = KEY.matcher(pem);
        if (!found.find()) {
            throw new IllegalArgumentException(
                    file
                            + " has no line BEGIN PRIVATE KEY; `openssl pkcs8 -topk8 -nodes` writes one");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        for (var algorithm : List.of("EC", "RSA", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException _) { // it is a key of another kind
            }
        }
        throw new IllegalArgumentException(file + " holds no key of RSA, EC or Ed25519");
    }
}
