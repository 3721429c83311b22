package io.meltemi.webapp;

import io.meltemi.webapp.http.HttpSettings;
import io.meltemi.webapp.settings.Settings;
import io.meltemi.webapp.tls.Certificate;
import io.meltemi.webapp.tls.PemFiles;
import io.meltemi.webapp.tls.SelfMade;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the server listens: plainly on loopback or behind a proxy, with TLS everywhere else.
 *
 * @param certificate what the server shows; empty for plain HTTP
 * @param selfMade the certificate was made by ourselves, so people must see its fingerprint
 * @param behindProxy TLS ends at a proxy in front of us
 */
record Listening(
    HttpSettings settings,
    Optional<Certificate> certificate,
    boolean selfMade,
    boolean behindProxy) {

  /**
   * @param keys folder for a certificate of our own
   */
  static Listening as(Settings.Http http, Path keys, Clock clock) {
    Set<String> hosts = hosts(http);
    Optional<Certificate> given = given(http);
    boolean plain = given.isEmpty() && (http.listen().isLoopbackAddress() || http.behindProxy());
    Optional<Certificate> certificate =
        given.isPresent() || plain ? given : Optional.of(made(keys, hosts, clock));
    HttpSettings settings =
        new HttpSettings(
            http.listen(),
            http.port(),
            certificate.map(Certificate::context),
            http.publicUrl(),
            hosts,
            HttpSettings.Limits.DEFAULT);
    return new Listening(settings, certificate, given.isEmpty() && !plain, http.behindProxy());
  }

  /** What people compare before they trust a certificate that nobody vouches for. */
  Optional<String> fingerprint() {
    return certificate.filter(made -> selfMade).map(Certificate::fingerprint);
  }

  private static Optional<Certificate> given(Settings.Http http) {
    if (http.certificate().isEmpty() && http.key().isEmpty()) return Optional.empty();
    Path certificate = http.certificate().orElseThrow(() -> half("http.certificate"));
    Path key = http.key().orElseThrow(() -> half("http.key"));
    try {
      return Optional.of(PemFiles.read(certificate, key));
    } catch (IllegalArgumentException e) {
      throw new StartException(e.getMessage() + " Give PEM files, or neither.", e);
    }
  }

  private static StartException half(String missing) {
    return new StartException(
        "TLS wants certificate and key: the setting " + missing + " is missing.");
  }

  private static Certificate made(Path keys, Set<String> hosts, Clock clock) {
    try {
      return new SelfMade(keys.resolve("tls.p12"), clock).certificate(hosts);
    } catch (IOException e) {
      throw new StartException("No certificate could be made: " + e.getMessage(), e);
    }
  }

  /** Names and addresses under which this machine is reached at that address. */
  static Set<String> hosts(Settings.Http http) {
    Set<String> hosts = new TreeSet<>();
    http.hosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
    http.publicUrl().ifPresent(url -> hosts.add(url.getHost().toLowerCase(Locale.ROOT)));
    InetAddress listen = http.listen();
    if (listen.isLoopbackAddress() || listen.isAnyLocalAddress()) {
      hosts.add("localhost");
      hosts.add("127.0.0.1");
      hosts.add("[::1]");
    }
    if (!listen.isAnyLocalAddress()) {
      hosts.add(written(listen));
    } else {
      everyAddress(hosts);
    }
    if (!listen.isLoopbackAddress()) machineName(hosts);
    return hosts;
  }

  private static void everyAddress(Set<String> hosts) {
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(Listening::written)
          .forEach(hosts::add);
    } catch (SocketException e) {
      throw new StartException("The addresses of this machine cannot be listed.", e);
    }
  }

  private static void machineName(Set<String> hosts) {
    try {
      InetAddress own = InetAddress.getLocalHost();
      hosts.add(own.getHostName().toLowerCase(Locale.ROOT));
      hosts.add(own.getCanonicalHostName().toLowerCase(Locale.ROOT));
    } catch (UnknownHostException e) {
      // a machine without a name is reached by its addresses
    }
  }

  static boolean here(InetAddress address) {
    try {
      return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true;
    }
  }

  /** As it stands in a URL: an address of IPv6 in brackets and without its zone. */
  private static String written(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    return plain.contains(":") ? "[" + plain + "]" : plain;
  }

  /** The URL under which programs of this machine reach the server. */
  String loopback(int port) {
    String scheme = settings.tls().isPresent() ? "https" : "http";
    boolean everywhere = settings.listen().isAnyLocalAddress();
    String host = everywhere ? "127.0.0.1" : written(settings.listen());
    return scheme + "://" + host + ":" + port;
  }

  /** The URL under which people reach the server, with a slash at its end. */
  String url(int port) {
    String scheme = settings.tls().isPresent() ? "https" : "http";
    String host = settings.listen().isAnyLocalAddress() ? "localhost" : written(settings.listen());
    return settings
        .publicUrl()
        .map(Object::toString)
        .orElse(scheme + "://" + host + ":" + port + "/");
  }
}
