package io.meltemi.connector.node;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.node.NodeDirectory.Entry;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Asks a node for a machine's console and waits for its answer. */
final class ConsoleReader {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final NodeDirectory directory;

  ConsoleReader(NodeDirectory directory) {
    this.directory = directory;
  }

  String read(Entry machine) {
    String node = machine.row().node();
    String id = "c-" + UUID.randomUUID();
    Semaphore changes = new Semaphore(0);
    try (var subscription = directory.records().onChange(changed -> changes.release())) {
      Handle question =
          directory.want(
              node, new WantedConsole(id, machine.wanted().token(), machine.wanted().id()));
      return await(question, changes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectorException(Fault.TRANSIENT, "interrupted", e);
    } catch (ConnectorException e) {
      throw e;
    } catch (Exception e) {
      throw new ConnectorException(Fault.TRANSIENT, "the subscription does not close", e);
    } finally {
      directory.records().partitions().forget(node, id);
    }
  }

  private String await(Handle question, Semaphore changes) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<ReportedConsole> answer =
          directory.entry(question).flatMap(Entry::reported).map(ReportedConsole.class::cast);
      if (answer.isPresent()) {
        return text(answer.get());
      }
      if (!changes.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new ConnectorException(
            Fault.TRANSIENT,
            "the node did not send the console within " + PATIENCE.toSeconds() + " s");
      }
      changes.drainPermits();
    }
  }

  private static String text(ReportedConsole answer) {
    if (!answer.reason().isEmpty()) {
      throw new ConnectorException(Fault.TRANSIENT, answer.reason());
    }
    return answer.text();
  }
}
