package io.meltemi.connector.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.Images;
import io.meltemi.connector.Token;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.VolumeState;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeProtocolTest {
  private final MemoryNodeRecords records = new MemoryNodeRecords(Clock.systemUTC());
  private final NodeProtocol protocol =
      new NodeProtocol(records, Duration.ofSeconds(30), Duration.ofSeconds(90));
  private final Wire wire = Wire.own();
  private final KeyPair keys = keys();
  private final List<CompletableFuture<NodeProtocol.Answer>> open = new ArrayList<>();

  @BeforeEach
  void invite() {
    records.invite("join");
    assertThat(enrol("join", "e-1", keys).status()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    protocol.close();
    open.forEach(CompletableFuture::join);
  }

  @Test
  void anEnrolmentWhoseAnswerWasLostGivesTheSameNodeAgain() {
    NodeProtocol.Answer again = enrol("join", "e-1", keys);
    assertThat(wire.read(again.body(), EnrolAnswer.class).node()).isEqualTo("node-1");
    assertThat(records.nodes()).hasSize(1);
  }

  @Test
  void aJoinTokenServesOnce() {
    assertThat(enrol("join", "e-2", keys()).status()).isEqualTo(403);
  }

  @Test
  void anotherKeyCannotTakeOverAnEnrolment() {
    assertThat(enrol("join", "e-1", keys()).status()).isEqualTo(403);
  }

  @Test
  void aReplayIsRefusedAndToldTheHighestNumber() {
    assertThat(report(7, keys).status()).isEqualTo(200);
    NodeProtocol.Answer replay = report(7, keys);
    assertThat(replay.status()).isEqualTo(409);
    assertThat(wire.read(replay.body(), Refusal.class).counter()).isEqualTo(7);
  }

  @Test
  void aSignatureOfAnotherKeyIsRefused() {
    assertThat(report(1, keys()).status()).isEqualTo(401);
    assertThat(records.nodes().getFirst().counter()).isZero();
  }

  @Test
  void aSignatureServesForItsOwnPathOnly() {
    byte[] body = wire.bytes(new ReportRequest(List.of(), List.of()));
    Map<String, String> headers = headers(NodeProtocol.REPORT, 1, body, keys);
    assertThat(protocol.answer("POST", NodeProtocol.SYNC, headers, body).status()).isEqualTo(401);
  }

  @Test
  void aFieldOutOfItsLimitIsNamed() {
    String json = "{\"token\":\"t\",\"enrolment\":\"../etc\",\"publicKey\":\"x\",\"name\":\"n\"}";
    NodeProtocol.Answer answer =
        protocol.answer("POST", NodeProtocol.ENROL, Map.of(), json.getBytes());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(wire.read(answer.body(), Refusal.class).error()).contains("enrolment must have");
  }

  @Test
  void whatAnEarlierAgentDoesNotTellIsNotThere() {
    String kind =
        """
        {"name": "qemu", "how": "tcg", "works": true, "reason": "", "bootMillis": 1,
          "limits": "none", "abilities": []}
        """;
    assertThat(wire.read(kind, NodeReport.Kind.class).network()).isEmpty();
    assertThatThrownBy(() -> wire.read(kind.replace("works", "work"), NodeReport.Kind.class))
        .hasMessageContaining("works");
    assertThatThrownBy(() -> wire.read(kind.replace("how", "hew"), NodeReport.Kind.class))
        .hasMessageContaining("how");
  }

  @Test
  void deepAndLargeBodiesAreRefused() {
    byte[] deep = "[".repeat(5000).getBytes();
    assertThat(protocol.answer("POST", NodeProtocol.ENROL, Map.of(), deep).status()).isEqualTo(400);
    byte[] large = new byte[Wire.MOST_BYTES + 1];
    assertThat(protocol.answer("POST", NodeProtocol.ENROL, Map.of(), large).status())
        .isEqualTo(413);
  }

  @Test
  void aSyncWaitsForSomethingNew() {
    CompletableFuture<NodeProtocol.Answer> waiting = sync(1, 0);
    await().until(() -> records.node("node-1").orElseThrow().counter() == 1);
    assertThat(waiting).isNotDone();
    want(image());
    SyncAnswer answer = wire.read(waiting.join().body(), SyncAnswer.class);
    assertThat(answer.wantedNumber()).isEqualTo(1);
    assertThat(answer.wanted()).containsExactly(new SyncAnswer.Item(1, image(), false));
  }

  @Test
  void aSecondSyncSendsTheFirstHome() {
    CompletableFuture<NodeProtocol.Answer> first = sync(1, 0);
    await().until(() -> records.node("node-1").orElseThrow().counter() == 1);
    CompletableFuture<NodeProtocol.Answer> second = sync(2, 0);
    assertThat(first.join().status()).isEqualTo(200);
    assertThat(second).isNotDone();
  }

  @Test
  void onlyRowsNewerThanSeenAreSent() {
    want(image());
    want(image().gone());
    SyncAnswer answer = wire.read(sync(1, 1).join().body(), SyncAnswer.class);
    assertThat(answer.wanted()).containsExactly(new SyncAnswer.Item(2, image().gone(), false));
  }

  @Test
  void whatIsGoneAndWantedAwayIsForgotten() {
    want(image().gone());
    ReportedImage gone = new ReportedImage("i-t", 1, true, Images.State.READY, "", 0);
    assertThat(report(1, keys, gone).status()).isEqualTo(200);
    assertThat(records.partitions().of("node-1")).isEmpty();
  }

  @Test
  void whatIsGoneButWantedStaysWithItsReport() {
    want(image());
    report(1, keys, new ReportedImage("i-t", 1, true, Images.State.FAILED, "disk lost", 0));
    assertThat(records.partitions().of("node-1")).hasSize(1);
    protocol.close();
    assertThat(wire.read(sync(2, 0).join().body(), SyncAnswer.class).wanted()).isEmpty();
  }

  @Test
  void aReportOnAnUnknownPartitionIsSaidBack() {
    ReportedMachine stranger =
        new ReportedMachine("m-x", 0, false, MachineState.STARTED, "", 1, "", "", List.of());
    ReportAnswer answer = wire.read(report(1, keys, stranger).body(), ReportAnswer.class);
    assertThat(answer.unknown()).containsExactly("m-x");
  }

  @Test
  void aReportOfAnotherSortOfThingIsNotTaken() {
    want(image());
    ReportedVolume wrong = new ReportedVolume("i-t", 1, false, VolumeState.AVAILABLE, "", "");
    ReportAnswer answer = wire.read(report(1, keys, wrong).body(), ReportAnswer.class);
    assertThat(answer.unknown()).containsExactly("i-t");
    assertThat(records.partitions().read("node-1", "i-t").orElseThrow().reported()).isEmpty();
  }

  @Test
  void aReportThatNamesAPathIsRefused() {
    want(volume());
    String json =
        wire.text(
                new ReportRequest(
                    List.of(new ReportedVolume("v-t", 1, false, VolumeState.AVAILABLE, "", "m-t")),
                    List.of()))
            .replace("m-t", "../m-t");
    byte[] body = json.getBytes();
    Map<String, String> headers = headers(NodeProtocol.REPORT, 1, body, keys);
    NodeProtocol.Answer answer = protocol.answer("POST", NodeProtocol.REPORT, headers, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(wire.read(answer.body(), Refusal.class).error()).contains("machine must have");
  }

  @Test
  void anAgentOfTheFirstVersionIsNotSentVolumes() {
    want(volume());
    want(image());
    SyncAnswer first = wire.read(sync("1", 1, 0).join().body(), SyncAnswer.class);
    assertThat(first.wanted()).containsExactly(new SyncAnswer.Item(2, image(), false));
    SyncAnswer second = wire.read(sync("2", 2, 0).join().body(), SyncAnswer.class);
    assertThat(second.wanted()).contains(new SyncAnswer.Item(1, volume(), false));
  }

  private static WantedVolume volume() {
    return new WantedVolume("v-t", "t", "data", 1_000, "", "m-t", false);
  }

  private static WantedImage image() {
    return new WantedImage("i-t", "t", "image", "m-t", false);
  }

  private void want(Wanted wanted) {
    records.partitions().want("node-1", wanted.id(), new Token(wanted.token()), wire.text(wanted));
  }

  private NodeProtocol.Answer enrol(String token, String enrolment, KeyPair pair) {
    String key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    byte[] body = wire.bytes(new EnrolRequest(token, enrolment, key, "home"));
    return protocol.answer("POST", NodeProtocol.ENROL, Map.of(), body);
  }

  private NodeProtocol.Answer report(long number, KeyPair pair, Reported... reports) {
    byte[] body = wire.bytes(new ReportRequest(List.of(reports), List.of()));
    return protocol.answer(
        "POST", NodeProtocol.REPORT, headers(NodeProtocol.REPORT, number, body, pair), body);
  }

  private CompletableFuture<NodeProtocol.Answer> sync(long number, long seen) {
    return sync("1", number, seen);
  }

  private CompletableFuture<NodeProtocol.Answer> sync(String agent, long number, long seen) {
    NodeReport report =
        new NodeReport(
            agent,
            "host",
            "x86_64",
            new NodeReport.Capacity(1, 1, 1, 1, 0),
            List.of(new NodeReport.Kind("qemu", "tcg", true, "", 1, "none", Set.of(), "")),
            List.of());
    byte[] body = wire.bytes(new SyncRequest(0, seen, report));
    Map<String, String> headers = headers(NodeProtocol.SYNC, number, body, keys);
    CompletableFuture<NodeProtocol.Answer> answer =
        CompletableFuture.supplyAsync(
            () -> protocol.answer("POST", NodeProtocol.SYNC, headers, body),
            task -> Thread.ofVirtual().start(task));
    open.add(answer);
    return answer;
  }

  private static Map<String, String> headers(String path, long number, byte[] body, KeyPair pair) {
    String signature = RequestSignature.sign(pair.getPrivate(), "POST", path, number, body);
    return Map.of(
        RequestSignature.NODE.toLowerCase(Locale.ROOT),
        "node-1",
        RequestSignature.NUMBER.toLowerCase(Locale.ROOT),
        Long.toString(number),
        RequestSignature.SIGNATURE.toLowerCase(Locale.ROOT),
        signature);
  }

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
