package io.meltemi.broker.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.identity.KeyRing;
import io.meltemi.broker.identity.SealedSecrets;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Stores;
import io.meltemi.connector.NodeRecords.Node;
import io.meltemi.connector.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredNodeRecordsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Token TOKEN = new Token("t-1");

  @TempDir Path keys;
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private Store store;
  private StoredNodeRecords nodes;
  private JoinTokens tokens;

  @BeforeEach
  void open() throws IOException {
    store = Stores.memory(BrokerKinds.all(), clock);
    tokens = new JoinTokens(store, clock);
    SealedSecrets secrets = new SealedSecrets(KeyRing.at(keys.resolve("k")));
    nodes =
        new StoredNodeRecords(store, secrets, tokens, clock, () -> UUID.randomUUID().toString());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String invited(Duration life) {
    return tokens.issue(life);
  }

  private Node enrolled() {
    return nodes.enrol(invited(Duration.ofMinutes(1)), "e1", "key", "home").orElseThrow();
  }

  @Test
  void anInvitationIsGoodForOneNodeAndARepeatedEnrolmentFindsItAgain() {
    String token = invited(Duration.ofMinutes(1));
    Node node = nodes.enrol(token, "e1", "key", "home").orElseThrow();
    assertThat(nodes.enrol(token, "e1", "key", "home").map(Node::id)).contains(node.id());
    assertThat(nodes.enrol(token, "e1", "other key", "home")).isEmpty();
    assertThat(nodes.enrol(token, "e2", "key", "home")).isEmpty();
    assertThat(nodes.nodes()).hasSize(1);
  }

  @Test
  void anInvitationThatIsOverOrUnknownLetsNobodyIn() {
    assertThat(nodes.enrol(invited(Duration.ofSeconds(-1)), "e1", "key", "home")).isEmpty();
    assertThat(nodes.enrol("no such token", "e1", "key", "home")).isEmpty();
  }

  @Test
  void aNumberThatIsNotHigherIsAReplay() {
    String node = enrolled().id();
    assertThat(nodes.heard(node, 1, Optional.of("{}"))).isTrue();
    assertThat(nodes.heard(node, 1, Optional.empty())).isFalse();
    assertThat(nodes.heard(node, 3, Optional.empty())).isTrue();
    assertThat(nodes.node(node).orElseThrow().report()).contains("{}");
    assertThat(nodes.heard("stranger", 1, Optional.empty())).isFalse();
  }

  @Test
  void whatAPartitionShallBeIsKeptSealedUntilItIsForgotten() {
    String node = enrolled().id();
    assertThat(nodes.partitions().want(node, "p1", TOKEN, "planted-secret")).isEqualTo(1);
    assertThat(nodes.partitions().want(node, "p1", TOKEN, "planted-secret 2")).isEqualTo(2);
    assertThat(nodes.partitions().reported(node, "p1", "running")).isTrue();
    assertThat(nodes.partitions().reported(node, "p2", "running")).isFalse();
    assertThat(nodes.partitions().read(node, "p1").orElseThrow().wanted())
        .isEqualTo("planted-secret 2");
    assertThat(nodes.partitions().find(TOKEN)).hasSize(1);
    assertThat(nodes.partitions().of(node).getFirst().reported()).contains("running");
    assertThat(store.all(NodeRows.PARTITION).toString()).doesNotContain("planted-secret");
    nodes.partitions().forget(node, "p1");
    assertThat(nodes.partitions().of(node)).isEmpty();
  }

  @Test
  void whoListensHearsOfEveryChangeOfAPartition() throws Exception {
    String node = enrolled().id();
    List<String> heard = new CopyOnWriteArrayList<>();
    try (AutoCloseable subscription = nodes.onChange(heard::add)) {
      nodes.partitions().want(node, "p1", TOKEN, "{}");
      await().until(() -> heard.contains(node));
      assertThat(subscription).isNotNull();
    }
  }
}
