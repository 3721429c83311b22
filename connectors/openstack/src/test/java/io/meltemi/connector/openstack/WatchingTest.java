package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Beside the account's calls nova is asked for changes; one pause holds for both. */
class WatchingTest {
  private final Impostor impostor = new Impostor();
  private final AtomicInteger looks = new AtomicInteger();

  @AfterEach
  void close() {
    impostor.close();
  }

  @Test
  void aPauseThatAnyAnswerAsksForIsKept() throws Exception {
    int nova = nova();
    int keystone = impostor.keystone(nova);
    try (Connector connector = Impostor.open(keystone, keystone, nova)) {
      ConnectorException busy =
          catchThrowableOfType(
              ConnectorException.class, () -> connector.machines().read(new Handle("s-1")));
      assertThat(busy.fault()).isEqualTo(Fault.TRANSIENT);
      assertThat(busy.retryAfter()).contains(Duration.ofSeconds(8));
      long asked = System.nanoTime();
      try (AutoCloseable watch = connector.watch(changed -> {})) {
        assertThat(watch).isNotNull();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> looks.get() > 0);
        assertThat(Duration.ofNanos(System.nanoTime() - asked))
            .isGreaterThan(Duration.ofSeconds(6));
      }
    }
  }

  @Test
  void whatIsBeingBuiltIsToldOfWhenItStands() throws Exception {
    List<String> steps =
        List.of("BUILD scheduling 1", "BUILD spawning 2", "ACTIVE null 3", "ACTIVE powering-off 4");
    int nova =
        impostor.server(exchange -> {
          int step = Math.min(looks.getAndIncrement(), steps.size() - 1);
          Impostor.answer(exchange, 200, servers(steps.get(step)));
        });
    int keystone = impostor.keystone(nova);
    List<Integer> told = new CopyOnWriteArrayList<>();
    try (Connector connector = Impostor.open(keystone, keystone, nova);
        AutoCloseable watch = connector.watch(changed -> told.add(looks.get()))) {
      assertThat(watch).isNotNull();
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> looks.get() > steps.size());
      assertThat(told).containsExactly(3, 4);
    }
  }

  private static byte[] servers(String step) {
    String[] parts = step.split(" ");
    String task = parts[1].equals("null") ? "null" : "\"" + parts[1] + "\"";
    return """
    {"servers": [{"id": "s-1", "status": "%s", "OS-EXT-STS:task_state": %s,
      "updated": "2026-01-01T00:00:0%sZ"}]}
    """
        .formatted(parts[0], task, parts[2])
        .getBytes(StandardCharsets.UTF_8);
  }

  private int nova() throws IOException {
    return impostor.server(exchange -> {
      if (exchange.getRequestURI().getPath().endsWith("/servers/detail")) {
        looks.incrementAndGet();
        Impostor.answer(exchange, 200, "{\"servers\": []}".getBytes(StandardCharsets.UTF_8));
      } else {
        exchange.getResponseHeaders().add("Retry-After", "8");
        Impostor.answer(exchange, 429, "{}".getBytes(StandardCharsets.UTF_8));
      }
    });
  }
}
