package io.meltemi.webapp.tls;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Reads an operator's certificate. */
public final class PemFiles {
  private PemFiles() {}

  /**
   * @throws IllegalArgumentException with a sentence that names the file at fault
   */
  public static Certificate read(Path certificate, Path key) {
    return new Certificate(key(key), chain(certificate));
  }

  private static List<X509Certificate> chain(Path file) {
    try (var in = Files.newInputStream(file)) {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!chain.isEmpty()) return chain;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("No certificate can be read from " + file + ".", e);
    }
    throw new IllegalArgumentException("There is no certificate in " + file + ".");
  }

  private static PrivateKey key(Path file) {
    try (Reader in = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(in)) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      return switch (parser.readObject()) {
        case PEMKeyPair pair -> converter.getPrivateKey(pair.getPrivateKeyInfo());
        case PrivateKeyInfo info -> converter.getPrivateKey(info);
        case null, default ->
            throw new IllegalArgumentException(
                "There is no unencrypted private key in " + file + ".");
      };
    } catch (IOException e) {
      throw new IllegalArgumentException("No private key can be read from " + file + ".", e);
    }
  }
}
