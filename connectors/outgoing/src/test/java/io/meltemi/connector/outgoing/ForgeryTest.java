package io.meltemi.connector.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meltemi.connector.Http;
import io.meltemi.connector.NoAnswerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways to make a broker call what its owner would not: none of them may reach anything. */
class ForgeryTest {
  private final Canary canary = new Canary(Canary::well);
  private final Destinations closed = new Destinations(List.of(), OwnNetworks::now);

  /** Names as an attacker's own name server would answer, and octal as some systems read it. */
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "loopback.example", List.of("127.0.0.1"),
          "loopback6.example", List.of("::1"),
          "mapped.example", List.of("::ffff:127.0.0.1"),
          "metadata.example", List.of("169.254.169.254"),
          "metadata6.example", List.of("fd00:ec2::254"),
          "private.example", List.of("10.1.2.3", "192.168.1.1", "172.20.0.1"),
          "zero.example", List.of("0.0.0.0", "::"),
          "nat64.example", List.of("64:ff9b::7f00:1"),
          "0177.0.0.1", List.of("127.0.0.1"),
          "many.example", List.of("::1", "127.0.0.1", "127.0.0.2"));

  @AfterEach
  void close() {
    canary.close();
  }

  static Stream<String> hosts() throws SocketException {
    Stream<String> written =
        Stream.of(
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "2130706433",
            "0x7f000001",
            "0x7f.0.0.1",
            "0x7f.1",
            "017700000001",
            "0",
            "0.0.0.0",
            "0x0",
            "127.0.0.1.",
            "127.255.255.254",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "ip6-localhost",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::7f00:1]",
            "[2002:7f00:1::]",
            "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
            "[fe80::1]",
            "[fe80::1%25lo]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[ff02::1]",
            "[fec0::1]",
            "[2001:db8::1]",
            "[3fff::1]",
            "[100::1]",
            "[::ffff:0:127.0.0.1]",
            "169.254.169.254",
            "2852039166",
            "0xa9fea9fe",
            "10.0.0.1",
            "10.255.255.255",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "192.88.99.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255");
    Stream<String> own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .map(InetAddress::getHostAddress)
            .filter(address -> address.indexOf('%') < 0)
            .map(address -> address.contains(":") ? "[" + address + "]" : address);
    return Stream.of(written, NAMES.keySet().stream().sorted(), own).flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void noSpellingReachesThisMachineOrItsNetworks(String host) {
    String url = "http://" + host + ":" + canary.port() + "/latest/meta-data";
    NoAnswerException failure = refused(closed, ForgeryTest::names, url);
    assertThat(failure.sent()).isFalse();
    assertThat(failure).hasMessage("no answer from " + host + ":" + canary.port());
    if (URI.create(url).getHost() != null) {
      assertThat(causes(failure)).hasAtLeastOneElementOfType(NotPermittedException.class);
    }
    assertThat(canary.heard()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("oddities")
  void noOddUrlReachesThisMachine(String url) {
    String here = url.replace("PORT", Integer.toString(canary.port()));
    assertThat(refused(closed, ForgeryTest::names, here).sent()).isFalse();
    assertThat(canary.heard()).isEmpty();
  }

  static Stream<String> oddities() {
    return Stream.of(
        "http://cloud.example@127.0.0.1:PORT/",
        "http://127.0.0.1:PORT@cloud.example/",
        "http://user:word@loopback.example:PORT/",
        "http://%31%32%37.0.0.1:PORT/",
        "http://loopback_.example:PORT/",
        "http://127.0.0.1:PORT,cloud.example/",
        "http:127.0.0.1:PORT",
        "http:///127.0.0.1:PORT/",
        "//127.0.0.1:PORT/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:99999/",
        "file:///etc/passwd",
        "file://127.0.0.1:PORT/etc/passwd",
        "ftp://127.0.0.1:PORT/",
        "gopher://127.0.0.1:PORT/_GET",
        "jar:http://127.0.0.1:PORT/x.jar!/",
        "https://127.0.0.1:PORT/",
        "http://127.0.0.1:22/",
        "http://127.0.0.1:25/",
        "http://127.0.0.1:5432/");
  }

  @Test
  void theCanarySingsWhenItsPortIsOpened() throws IOException {
    Destinations open = new Destinations(List.of(range("127.0.0.1")), OwnNetworks::now);
    ask(open, InetAddress::getAllByName, "http://127.0.0.1:" + canary.port() + "/");
    assertThat(canary.heard()).containsExactly("GET /");
  }

  /** A name of no life: good when it is looked at, bad when it is used. */
  @Test
  void aNameThatLeadsElsewhereTheSecondTimeGetsNothing() throws IOException {
    try (Canary good = new Canary(InetAddress.ofLiteral("127.0.0.2"), Canary::closing)) {
      ConcurrentLinkedQueue<InetAddress[]> answers = new ConcurrentLinkedQueue<>();
      answers.add(new InetAddress[] {InetAddress.ofLiteral("127.0.0.2")});
      answers.add(new InetAddress[] {InetAddress.ofLiteral("127.0.0.3")});
      Names rebinding = host -> answers.remove();
      Destinations open =
          new Destinations(List.of(range("127.0.0.2:" + good.port())), OwnNetworks::now);
      String url = "http://rebinding.example:" + good.port() + "/";
      try (Http http = new OnceHttp(open, rebinding, Trust.of(Optional.empty()))) {
        assertThat(http.send(get(url)).status()).isEqualTo(200);
        assertThat(catchThrowable(() -> http.send(get(url)))).isInstanceOf(NoAnswerException.class);
      }
      assertThat(good.heard()).hasSize(1);
      assertThat(answers).isEmpty();
    }
  }

  @Test
  void ofTheAddressesOfANameOnlyThoseThatMayAreTried() throws IOException {
    int port = canary.port();
    Destinations open = new Destinations(List.of(range("127.0.0.2:" + port)), OwnNetworks::now);
    Names mixed =
        host ->
            new InetAddress[] {
              InetAddress.ofLiteral("127.0.0.1"),
              InetAddress.ofLiteral("::1"),
              InetAddress.ofLiteral("127.0.0.2")
            };
    assertThat(ask(open, mixed, "http://mixed.example:" + port + "/").status()).isEqualTo(200);
    assertThat(canary.heard()).hasSize(1);
  }

  @Test
  void aConnectionThatIsNotHttpIsJudgedTheSame() {
    Gateway gateway = new Gateway(closed, ForgeryTest::names);
    for (String host : List.of("127.0.0.1", "127.1", "2130706433", "many.example", "::1")) {
      assertThat(catchThrowable(() -> gateway.connect(host, canary.port())))
          .isInstanceOf(NoAnswerException.class)
          .hasMessage("no answer from " + host + ":" + canary.port());
    }
  }

  /** Whatever is behind an address that may be called and gives no HTTP: the words are the same. */
  @Test
  void openClosedForbiddenAndUnknownSoundTheSame() {
    Destinations open = new Destinations(List.of(range("127.0.0.1")), OwnNetworks::now);
    try (Listener mute = new Listener("SSH-2.0-OpenSSH_9.2p1\r\n");
        Listener closing = new Listener("")) {
      for (int port : List.of(mute.port(), closing.port(), 1)) {
        String url = "http://127.0.0.1:" + port + "/";
        assertThat(refused(open, InetAddress::getAllByName, url))
            .hasMessage("no answer from 127.0.0.1:" + port);
        assertThat(refused(closed, InetAddress::getAllByName, url))
            .hasMessage("no answer from 127.0.0.1:" + port);
      }
    }
    assertThat(refused(open, ForgeryTest::names, "http://nowhere.example:80/"))
        .hasMessage("no answer from nowhere.example:80");
  }

  private static Range range(String text) {
    return Range.parse(text);
  }

  private static InetAddress[] names(String host) throws UnknownHostException {
    List<String> known = NAMES.get(host);
    if (known != null) {
      return known.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }
    if (host.endsWith(".example")) throw new UnknownHostException(host);
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      // A system's resolver may know more spellings than the JDK lets pass to it.
      return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }
  }

  private static Http.Answer ask(Destinations destinations, Names names, String url)
      throws IOException {
    try (Http http = new OnceHttp(destinations, names, Trust.of(Optional.empty()))) {
      return http.send(get(url));
    }
  }

  private static Http.Request get(String url) {
    return new Http.Request("GET", URI.create(url), Map.of(), new byte[0], Duration.ofSeconds(20));
  }

  private static NoAnswerException refused(Destinations destinations, Names names, String url) {
    Throwable failure = catchThrowable(() -> ask(destinations, names, url));
    assertThat(failure).as(url).isInstanceOf(NoAnswerException.class);
    return (NoAnswerException) failure;
  }

  private static List<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .map(Throwable.class::cast)
        .toList();
  }
}
