package io.meltemi.broker.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meltemi.broker.Caller;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.HandClock;
import io.meltemi.broker.store.Prune;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Stores;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventFeedTest {
  private static final Caller ANNA =
      new Caller("users/anna", "t1", Caller.Role.MEMBER, Set.of("t1"), false);

  private final HandClock clock = new HandClock();
  private final Store store = Stores.memory(BrokerKinds.all(), clock);
  private final EventFeed feed = new EventFeed(store, 5);
  private int made;

  @AfterEach
  void close() {
    feed.close();
    store.close();
  }

  private void happens(int times) {
    long before = store.lastPosition();
    store.write(
        "t1",
        transaction -> {
          for (int i = 0; i < times; i++) transaction.insert(row("c" + made++));
          return times;
        });
    await().until(() -> store.lastPosition() == before + times);
  }

  private Row row(String name) {
    return new Row(
        "machineConfigs/" + name,
        "t1",
        "MachineConfiguration",
        Optional.empty(),
        name,
        "",
        clock.instant(),
        clock.instant(),
        0,
        JsonNodeFactory.instance.objectNode());
  }

  private Batch after(long position) throws InterruptedException {
    try (EventFeed.Reader reader = feed.open(ANNA, OptionalLong.of(position), () -> true)) {
      return reader.next(Duration.ZERO);
    }
  }

  @Test
  void whoNamesAnEventThatIsKeptNoLongerIsToldToBeginAnew() throws Exception {
    happens(3);
    clock.forward(Duration.ofDays(29));
    happens(2);
    assertThat(after(1)).isInstanceOf(Batch.News.class);

    clock.forward(Duration.ofDays(2));
    Prune.now(store);

    assertThat(store.firstPosition()).isEqualTo(3);
    assertThat(after(1)).isEqualTo(new Batch.Resync(5));
    assertThat(after(2)).isEqualTo(new Batch.Resync(5));
    assertThat(after(3)).as("the oldest that is kept is the next").isInstanceOf(Batch.News.class);
  }

  @Test
  void whoHasMoreThanAThousandWaitingIsToldToBeginAnew() throws Exception {
    happens(1);
    happens(EventFeed.MOST_WAITING);
    assertThat(((Batch.News) after(1)).events()).hasSize(1000);
    happens(1);
    assertThat(after(1)).isEqualTo(new Batch.Resync(1002));
  }

  @Test
  void aReaderThatBeganAnewGoesOnFromThere() throws Exception {
    happens(EventFeed.MOST_WAITING + 2);
    try (EventFeed.Reader reader = feed.open(ANNA, OptionalLong.of(1), () -> true)) {
      assertThat(reader.next(Duration.ZERO)).isInstanceOf(Batch.Resync.class);
      happens(1);
      assertThat(((Batch.News) reader.next(Duration.ZERO)).events()).hasSize(1);
    }
  }
}
