package io.meltemi.connector.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the agent takes for its broker. */
class BrokerTrustTest {
  private static final char[] PASSWORD = "secret".toCharArray();

  @TempDir private Path folder;

  @Test
  void theBrokersOwnCertificateIsKnownByWhateverNameItIsCalled() throws Exception {
    key("broker", "dns:cloud.example.org");
    assertThat(answer("broker", "broker")).isEqualTo(204);
  }

  @Test
  void anotherCertificateOfThatNameIsRefused() throws Exception {
    key("broker", "dns:cloud.example.org");
    key("stranger", "dns:cloud.example.org");
    assertThatThrownBy(() -> answer("stranger", "broker"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void aCertificateThatAKnownOneSignedMustCarryTheName() throws Exception {
    key("signer", "dns:signer.example.org", "-ext", "bc:c");
    key("named", "ip:127.0.0.1", "-signer", "signer");
    key("other", "dns:cloud.example.org", "-signer", "signer");
    assertThat(answer("named", "signer")).isEqualTo(204);
    assertThatThrownBy(() -> answer("other", "signer")).isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void plainHttpGoesToThisMachineOnly() throws IOException {
    String own = InetAddress.getLocalHost().getHostAddress();
    assertThat(broker("http://" + own + ":1").broker().getHost()).isEqualTo(own);
    assertThatThrownBy(() -> broker("http://192.0.2.77:1")).hasMessageContaining("https");
  }

  private static AgentSettings broker(String url) {
    return AgentSettings.of(new String[] {"--broker", url}, Map.of());
  }

  /** The status that a server with one key gives to a client that knows one certificate. */
  private int answer(String shown, String known) throws IOException, InterruptedException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(shown)));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    SSLContext trust = BrokerTrust.only(folder.resolve(known + ".pem"));
    try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
      URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
      return client
          .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } finally {
      server.stop(0);
    }
  }

  private SSLContext context(String alias) {
    try (InputStream in = Files.newInputStream(folder.resolve(alias + ".p12"))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes NAME.p12 with a key, and NAME.pem with its certificate. */
  private void key(String name, String subject, String... more) throws Exception {
    List<String> make = new ArrayList<>(List.of("-genkeypair", "-alias", "key", "-keyalg", "EC"));
    make.addAll(List.of("-dname", "CN=" + name, "-ext", "san=" + subject));
    Optional<String> signer = Optional.of(more).filter(m -> m.length > 1).map(m -> m[1]);
    if (List.of(more).contains("-signer")) {
      Path store = folder.resolve(signer.orElseThrow() + ".p12");
      make.addAll(List.of("-signer", "key"));
      Files.copy(store, folder.resolve(name + ".p12"));
      make.set(2, "own");
    } else {
      make.addAll(List.of(more));
    }
    keytool(name, make);
    String alias = make.get(2);
    keytool(
        name,
        List.of("-exportcert", "-rfc", "-alias", alias, "-file", folder + "/" + name + ".pem"));
    if (alias.equals("own")) keytool(name, List.of("-delete", "-alias", "key"));
  }

  private void keytool(String name, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(List.of("-keystore", folder + "/" + name + ".p12", "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }
}
