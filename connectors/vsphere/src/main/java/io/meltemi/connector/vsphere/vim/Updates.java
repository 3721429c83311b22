package io.meltemi.connector.vsphere.vim;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.vsphere.vim.VCenter.Change;
import io.meltemi.connector.vsphere.vim.VCenter.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for news. Each wait has a property collector of its own, for those who wait at the same one
 * take each other's news away.
 */
final class Updates {
  private static final int LONGEST_SECONDS = 60;
  private static final Duration SLACK = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(Updates.class);

  private final Session session;

  Updates(Session session) {
    this.session = session;
  }

  /** Goes on until the thread is interrupted, or with the exception that ends it. */
  void follow(Walk walk, Consumer<List<Change>> told) throws InterruptedException {
    collect(
        walk,
        LONGEST_SECONDS,
        changes -> {
          told.accept(changes);
          return Thread.currentThread().isInterrupted();
        });
    throw new InterruptedException("the watch was closed");
  }

  /** Waits for the end of a task. */
  Optional<Progress> await(Ref task, Duration atMost) {
    Map<String, Element> known = new HashMap<>();
    long end = System.nanoTime() + atMost.toNanos();
    collect(
        Tasks.walk(task),
        Math.max(1, (int) atMost.toSeconds()),
        changes -> {
          changes.forEach(change -> known.putAll(change.facts().properties()));
          boolean gone = changes.stream().anyMatch(Change::gone);
          return gone || Tasks.progress(new Facts(task, known)).ended() || System.nanoTime() >= end;
        });
    return Optional.of(Tasks.progress(new Facts(task, known)));
  }

  private void collect(Walk walk, int seconds, Predicate<List<Change>> enough) {
    Ref collector =
        session
            .ask(session.live().manager("propertyCollector"), "CreatePropertyCollector")
            .need("returnval")
            .ref();
    try {
      session.ask(
          collector, "CreateFilter", walk.filter("spec"), Element.of("partialUpdates", false));
      pump(collector, seconds, enough);
    } finally {
      destroy(collector);
    }
  }

  private void pump(Ref collector, int seconds, Predicate<List<Change>> enough) {
    Duration limit = Duration.ofSeconds(seconds).plus(SLACK);
    String version = "";
    while (true) {
      Optional<Element> set =
          session
              .ask(
                  limit,
                  collector,
                  "WaitForUpdatesEx",
                  Element.of("version", version),
                  Element.of("options", Element.of("maxWaitSeconds", seconds)))
              .child("returnval");
      List<Change> changes = set.map(Updates::changes).orElse(List.of());
      if (enough.test(changes)) {
        return;
      }
      version = set.map(update -> update.text("version")).orElse(version);
    }
  }

  private static List<Change> changes(Element set) {
    return set.all("filterSet")
        .flatMap(filter -> filter.all("objectSet"))
        .map(object ->
            new Change(Properties.facts(object, "changeSet"), object.text("kind").equals("leave")))
        .toList();
  }

  /** It goes with the session in any case. */
  private void destroy(Ref collector) {
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      session.ask(collector, "DestroyPropertyCollector");
    } catch (ConnectorException e) {
      LOG.debug("a collector is left to its session: {}", e.getMessage());
    }
  }
}
