package io.meltemi.connector.outgoing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meltemi.connector.Http;
import io.meltemi.connector.NoAnswerException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ways to make a broker call what its owner would not: none of them may reach anything. The hosts,
 * names (as a file of hosts has them) and URLs stand in files, for the door has to withstand them
 * too.
 */
class ForgeryTest {
  private final Canary canary = new Canary(Canary::well);
  private final Destinations closed = new Destinations(List.of(), OwnNetworks::now);

  /** Names as an attacker's own name server would answer, and octal as some systems read it. */
  private static final Map<String, List<String>> NAMES =
      lines("names.txt")
          .map(line -> line.split(" ", 2))
          .collect(groupingBy(parts -> parts[1], mapping(parts -> parts[0], toList())));

  @AfterEach
  void close() {
    canary.close();
  }

  static Stream<String> hosts() throws SocketException {
    Stream<String> own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .map(InetAddress::getHostAddress)
            .filter(address -> address.indexOf('%') < 0)
            .map(address -> address.contains(":") ? "[" + address + "]" : address);
    return Stream.of(lines("hosts.txt"), NAMES.keySet().stream().sorted(), own)
        .flatMap(each -> each);
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
    if (isUrl(here)) assertThat(refused(closed, ForgeryTest::names, here).sent()).isFalse();
    assertThat(canary.heard()).isEmpty();
  }

  /** What is none cannot even be asked for. */
  private static boolean isUrl(String text) {
    return catchThrowable(() -> get(text)) == null;
  }

  /** Line breaks are written as Java does. */
  static Stream<String> oddities() {
    return lines("urls.txt").map(String::translateEscapes);
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

  private static Stream<String> lines(String file) {
    try (InputStream in = ForgeryTest.class.getResourceAsStream("/forgeries/" + file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
