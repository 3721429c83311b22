package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.NodeReport;
import io.meltemi.connector.node.ReportAnswer;
import io.meltemi.connector.node.ReportRequest;
import io.meltemi.connector.node.SyncAnswer;
import io.meltemi.connector.node.SyncRequest;
import io.meltemi.connector.node.host.Host;
import io.meltemi.connector.node.host.HostException;
import io.meltemi.connector.node.host.Trials;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program that runs on a member's machine. It ends on a signal, on its owner's mistake, or with
 * its parent; the guests go on and the next agent takes them in.
 */
public final class NodeAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);
  private static final int UNKNOWN_NODE = 401;
  private static final ReportRequest NOTHING = new ReportRequest(List.of(), List.of());

  private final AgentSettings settings;
  private final FolderLock lock;
  private final SelfReport self;
  private final Outbox outbox;
  private final Partitions partitions;
  private final BrokerLink link;
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * Tries what this host can do (some seconds at the first start) and takes in the guests that run.
   *
   * @throws HostException with one sentence for the owner
   */
  public NodeAgent(AgentSettings settings) {
    this.settings = settings;
    Host bare = Host.open(settings.folder());
    this.lock = FolderLock.take(settings.folder());
    Host host = bare.tried(new Trials(settings.kinds()));
    host.kinds()
        .forEach(kind ->
            LOG.info("{} {}: works {} {}", kind.name(), kind.how(), kind.works(), kind.reason()));
    this.self = new SelfReport(settings, host);
    this.outbox = new Outbox(self::report);
    Allocator allocator =
        new Allocator(
            settings,
            self.capacity(),
            ports -> host.kind().map(kind -> kind.ports(ports)).orElse(List.of()));
    this.partitions =
        new Partitions(
            host, allocator, outbox, settings.grace(), () -> self.capacity().diskKilobytes());
    this.link = new BrokerLink(settings.broker(), settings.certificate(), settings.folder());
    partitions.adopt();
  }

  /** {@code --broker URL --data DIR --token T} and the settings of {@link AgentSettings}. */
  public static void main(String[] arguments) {
    try {
      AgentSettings settings = AgentSettings.of(arguments, System.getenv());
      try (NodeAgent agent = new NodeAgent(settings)) {
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> LOG.info("agent ends; {} guests go on", agent.partitions.running())));
        agent.run();
      }
    } catch (HostException e) {
      System.err.println(e.reason());
      System.exit(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Works until it is closed, or its parent has ended where that is wanted. */
  public void run() throws InterruptedException {
    Optional<ProcessHandle> parent = parent();
    Thread.ofPlatform().daemon().name("node-sync").start(() -> repeat(new Syncing()));
    Thread.ofPlatform().daemon().name("node-report").start(() -> repeat(this::report));
    while (!ended.await(1, TimeUnit.SECONDS)) {
      if (settings.endWithParent() && !parent().equals(parent)) ended.countDown();
    }
  }

  /** Another one as soon as ours has ended, even when nobody takes notice of its end. */
  private static Optional<ProcessHandle> parent() {
    return ProcessHandle.current().parent();
  }

  /** One exchange with the broker. */
  private interface Exchange {
    void once() throws IOException, InterruptedException;
  }

  /** Again and again, with growing pauses while the broker does not answer. */
  private void repeat(Exchange exchange) {
    Backoff backoff = new Backoff();
    while (ended.getCount() > 0) {
      try {
        exchange.once();
        backoff.reset();
      } catch (BrokerLink.OvertakenException e) {
        LOG.debug("a later request was there first: {}", e.getMessage());
        backoff.pause();
      } catch (IOException | HostException | IllegalArgumentException e) {
        LOG.warn("broker {} cannot be reached, tried again: {}", settings.broker(), reason(e));
        backoff.pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Some failures have no words but their name. */
  private static String reason(Exception failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  /** Asks what shall be. Everything is asked for anew after each start of the agent. */
  private final class Syncing implements Exchange {
    private long seen;

    @Override
    public void once() throws IOException, InterruptedException {
      if (link.identity().node().isEmpty()) {
        enrol();
      }
      try {
        SyncAnswer answer =
            link.sync(() -> new SyncRequest(System.currentTimeMillis(), seen, self.report()));
        answer.wanted().forEach(partitions::apply);
        seen = answer.wantedNumber();
      } catch (BrokerLink.RefusedException e) {
        if (e.status() == UNKNOWN_NODE && settings.token().isPresent()) {
          enrol();
        } else {
          throw e;
        }
      }
    }
  }

  private void enrol() throws IOException, InterruptedException {
    String token =
        settings
            .token()
            .orElseThrow(() -> new IOException("a join token is needed for the first start"));
    link.enrol(token, settings.name(), settings.folder());
    LOG.info("joined {} as {}", settings.broker(), link.identity().node());
  }

  private void report() throws IOException, InterruptedException {
    outbox.awaitSomething();
    if (link.identity().node().isEmpty()) {
      throw new IOException("not joined yet");
    }
    AtomicReference<ReportRequest> request = new AtomicReference<>(NOTHING);
    try {
      ReportAnswer answer = link.report(() -> request.updateAndGet(none -> outbox.next()));
      outbox.sent(request.get());
      partitions.known(request.get().reports());
      logUnknown(answer);
    } catch (IOException e) {
      outbox.selfChanged(); // said again, with what is true then
      throw e;
    }
  }

  private static void logUnknown(ReportAnswer answer) {
    answer.unknown().forEach(id -> LOG.info("the broker knows no partition {} any more", id));
  }

  /** What this host offers. */
  public NodeReport offer() {
    return self.report();
  }

  /** Ends the agent; guests go on. */
  @Override
  public void close() {
    ended.countDown();
    link.close();
    partitions.close();
    lock.close();
  }
}
