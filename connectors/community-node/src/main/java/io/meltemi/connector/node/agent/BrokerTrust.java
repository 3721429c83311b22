package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.host.HostException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS that trusts the certificates of one file and no others. A broker that shows one of these very
 * certificates is the right one whatever name it was called by: nobody else has the key. A
 * certificate that one of them signed must carry the name.
 */
final class BrokerTrust extends X509ExtendedTrustManager {
  private final Set<Certificate> known;
  private final X509ExtendedTrustManager signers;

  private BrokerTrust(Set<Certificate> known, X509ExtendedTrustManager signers) {
    this.known = known;
    this.signers = signers;
  }

  /**
   * @param pem certificates of the broker or of who signs its certificate
   */
  static SSLContext only(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      Set<Certificate> known =
          Set.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new BrokerTrust(known, signers(known))}, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new HostException("no certificate can be read from " + pem, e);
    }
  }

  private static X509ExtendedTrustManager signers(Set<Certificate> known)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    int number = 0;
    for (Certificate each : known) trusted.setCertificateEntry("broker-" + number++, each);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }

  private boolean known(X509Certificate[] chain) {
    return chain.length > 0 && known.contains(chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    if (!known(chain)) signers.checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    if (!known(chain)) signers.checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    if (!known(chain)) signers.checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    signers.checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    signers.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    signers.checkClientTrusted(chain, type, engine);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return signers.getAcceptedIssuers();
  }
}
