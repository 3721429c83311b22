package io.meltemi.webapp.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate that nobody vouches for but its fingerprint. Made once and kept in a file, so that
 * the fingerprint stays; made anew when its time is almost over or the names have changed.
 */
public final class SelfMade {
  private static final Duration LIFE = Duration.ofDays(825);
  private static final Duration LEAST_LEFT = Duration.ofDays(30);

  /** The file is guarded by its mode; PKCS#12 wants a password all the same. */
  private static final char[] PASSWORD = "meltemi".toCharArray();

  private final Path file;
  private final Clock clock;

  public SelfMade(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * @param hosts names and addresses under which clients come
   */
  public Certificate certificate(Collection<String> hosts) throws IOException {
    try {
      if (Files.exists(file)) {
        Certificate kept = load();
        if (serves(kept, hosts)) return kept;
      }
      Certificate made = make(hosts);
      save(made);
      return made;
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("The certificate in " + file + " is of no use; delete it.", e);
    }
  }

  private boolean serves(Certificate kept, Collection<String> hosts)
      throws GeneralSecurityException {
    X509Certificate certificate = kept.chain().getFirst();
    Instant end = certificate.getNotAfter().toInstant();
    List<String> names =
        certificate.getSubjectAlternativeNames().stream()
            .map(name -> String.valueOf(name.get(1)))
            .toList();
    return end.isAfter(clock.instant().plus(LEAST_LEFT))
        && hosts.stream().map(SelfMade::plain).allMatch(names::contains);
  }

  private Certificate make(Collection<String> hosts)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    X500Name name = new X500Name("CN=meltemi");
    Instant now = clock.instant();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(120, new SecureRandom()).add(BigInteger.ONE),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(LIFE)),
            name,
            pair.getPublic());
    builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
    X509Certificate certificate =
        new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    return new Certificate(pair.getPrivate(), List.of(certificate));
  }

  private static GeneralNames names(Collection<String> hosts) {
    return new GeneralNames(
        hosts.stream()
            .map(SelfMade::plain)
            .distinct()
            .map(host -> new GeneralName(kind(host), host))
            .toArray(GeneralName[]::new));
  }

  private static int kind(String host) {
    boolean address = host.contains(":") || host.matches("[0-9.]+");
    return address ? GeneralName.iPAddress : GeneralName.dNSName;
  }

  /** Without the brackets of an address of IPv6, and in the JDK's way of writing it. */
  private static String plain(String host) {
    if (!host.startsWith("[")) return host;
    return InetAddress.ofLiteral(host.substring(1, host.length() - 1)).getHostAddress();
  }

  private Certificate load() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    PrivateKey key = (PrivateKey) store.getKey("server", PASSWORD);
    return new Certificate(key, List.of((X509Certificate) store.getCertificate("server")));
  }

  private void save(Certificate made) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", made.key(), PASSWORD, made.chain().toArray(X509Certificate[]::new));
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
  }
}
