package io.meltemi.connector.outgoing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are believed: an account's own, or those that the JDK brings. */
final class Trust {
  private Trust() {}

  /**
   * @param pem certificates that are believed and no others; empty believes the JDK's
   * @throws IllegalArgumentException when the text holds no certificate
   */
  static SSLContext of(Optional<String> pem) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(pem).getTrustManagers(), null);
      return context;
    } catch (CertificateException e) {
      throw new IllegalArgumentException(
          "certificates must be certificates in PEM form: " + e.getMessage(), e);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TrustManagerFactory managers(Optional<String> pem)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    if (pem.isEmpty()) {
      managers.init((KeyStore) null);
      return managers;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates(pem.get())) {
      store.setCertificateEntry("c" + number++, certificate);
    }
    managers.init(store);
    return managers;
  }

  private static Collection<? extends Certificate> certificates(String pem)
      throws CertificateException {
    Collection<? extends Certificate> found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
    if (found.isEmpty()) {
      throw new CertificateException("there is none in it");
    }
    return found;
  }
}
