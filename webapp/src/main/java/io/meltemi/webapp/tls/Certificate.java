package io.meltemi.webapp.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate with its private key.
 *
 * @param chain the certificate first
 */
public record Certificate(PrivateKey key, List<X509Certificate> chain) {
  private static final char[] IN_MEMORY = "in memory only".toCharArray();

  public Certificate {
    chain = List.copyOf(chain);
  }

  /** SHA-256 of the certificate, as browsers show it. */
  public String fingerprint() {
    return fingerprint(chain.getFirst());
  }

  static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read cannot be encoded", e);
    }
  }

  /** The chain without the key, for those who shall trust it. */
  public String pem() {
    Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
    StringBuilder pem = new StringBuilder();
    try {
      for (X509Certificate each : chain) {
        pem.append("-----BEGIN CERTIFICATE-----\n")
            .append(base64.encodeToString(each.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read cannot be encoded", e);
    }
    return pem.toString();
  }

  /** What a server needs to show it; TLS 1.2 and newer only. */
  public SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, IN_MEMORY, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, IN_MEMORY);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the certificate does not fit its key", e);
    }
  }
}
