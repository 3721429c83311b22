package io.meltemi.connector.node;

import io.meltemi.connector.NodePartitions;
import io.meltemi.connector.NodePartitions.Partition;
import io.meltemi.connector.NodeRecords;
import io.meltemi.connector.NodeRecords.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The broker's end of the node protocol: three routes, all POST, JSON in and out. Whoever serves
 * HTTP passes path, headers and body through {@link #answer} and sends back what comes out; the
 * body must have been cut off at {@link Wire#MOST_BYTES} before. A request to {@code sync} may take
 * as long as {@code hold}, so it wants a virtual thread.
 *
 * <p>A request after enrolment is taken only with a valid signature and a number that is higher
 * than every one before; a replay gets 409 with the highest number, so that a node which lost its
 * count finds on.
 */
public final class NodeProtocol implements AutoCloseable {
  public static final String ENROL = "/node/1/enrol";
  public static final String SYNC = "/node/1/sync";
  public static final String REPORT = "/node/1/report";

  /** Bytes of wanted rows in one answer, about; what is left over comes with the next. */
  private static final int ANSWER_BYTES = 4 * 1024 * 1024;

  private final NodeRecords records;
  private final NodePartitions partitions;
  private final Duration lease;
  private final LongPoll poll;
  private final Wire wire = new Wire(Wire.MOST_BYTES);
  private final Wire own = Wire.own();

  /**
   * @param hold how long a sync with nothing new is held open
   * @param lease how long a silent node counts as present; several times {@code hold}
   */
  public NodeProtocol(NodeRecords records, Duration hold, Duration lease) {
    this.records = records;
    this.partitions = records.partitions();
    this.lease = lease;
    this.poll = new LongPoll(records, hold);
  }

  /**
   * @param status HTTP status
   * @param body JSON
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  public record Answer(int status, byte[] body) {}

  /**
   * @param headers names in lower case
   */
  public Answer answer(String method, String path, Map<String, String> headers, byte[] body) {
    if (!List.of(ENROL, SYNC, REPORT).contains(path)) {
      return refused(404, "no such route: " + path);
    }
    if (!method.equals("POST")) {
      return refused(405, path + " takes POST");
    }
    if (body.length > Wire.MOST_BYTES) {
      return refused(413, "a request has at most " + Wire.MOST_BYTES + " bytes");
    }
    try {
      return path.equals(ENROL) ? enrol(body) : signed(path, headers, body);
    } catch (IllegalArgumentException e) {
      return refused(400, String.valueOf(e.getMessage()));
    }
  }

  private Answer enrol(byte[] body) {
    EnrolRequest request = wire.read(body, EnrolRequest.class);
    return records
        .enrol(request.token(), request.enrolment(), request.publicKey(), request.name())
        .map(node -> ok(new EnrolAnswer(node.id())))
        .orElseGet(
            () -> refused(403, "the join token is unknown, used or over; ask for a new one"));
  }

  private Answer signed(String path, Map<String, String> headers, byte[] body) {
    String id = headers.getOrDefault(lower(RequestSignature.NODE), "");
    String signature = headers.getOrDefault(lower(RequestSignature.SIGNATURE), "");
    long number = number(headers.getOrDefault(lower(RequestSignature.NUMBER), ""));
    Optional<Node> node =
        records
            .node(id)
            .filter(found ->
                RequestSignature.holds(
                    RequestSignature.publicKey(found.publicKey()),
                    "POST",
                    path,
                    number,
                    body,
                    signature));
    if (node.isEmpty()) {
      return refused(401, "unknown node or wrong signature");
    }
    return path.equals(SYNC) ? sync(node.get(), number, body) : report(node.get(), number, body);
  }

  private Answer sync(Node node, long number, byte[] body) {
    SyncRequest request = wire.read(body, SyncRequest.class);
    if (!records.heard(node.id(), number, Optional.of(own.text(request.report())))) {
      return replayed(node.id());
    }
    poll.awaitNewer(node.id(), request.seen());
    return ok(newer(node.id(), request.seen()));
  }

  private Answer report(Node node, long number, byte[] body) {
    ReportRequest request = wire.read(body, ReportRequest.class);
    Optional<String> self = request.self().stream().findFirst().map(own::text);
    if (!records.heard(node.id(), number, self)) {
      return replayed(node.id());
    }
    List<String> unknown = new ArrayList<>();
    for (Reported reported : request.reports()) {
      if (!take(node.id(), reported)) {
        unknown.add(reported.id());
      }
    }
    return ok(new ReportAnswer(unknown));
  }

  /** A row that was wanted away and is gone at its node has done its duty. */
  private boolean take(String node, Reported reported) {
    boolean fits =
        partitions.read(node, reported.id()).map(row -> answers(row, reported)).orElse(false);
    if (!fits || !partitions.reported(node, reported.id(), own.text(reported))) {
      return false;
    }
    if (reported.absent()
        && partitions.read(node, reported.id()).map(this::wantedAway).orElse(false)) {
      partitions.forget(node, reported.id());
      partitions.of(node).stream()
          .filter(row -> isConsoleOf(row, reported.id()))
          .forEach(row -> partitions.forget(node, row.id()));
    }
    return true;
  }

  /** A report on a machine says nothing about a volume. */
  private boolean answers(Partition row, Reported reported) {
    return switch (own.read(row.wanted(), Wanted.class)) {
      case WantedMachine machine -> reported instanceof ReportedMachine;
      case WantedImage image -> reported instanceof ReportedImage;
      case WantedConsole console -> reported instanceof ReportedConsole;
      case WantedVolume volume -> reported instanceof ReportedVolume;
      case WantedSnapshot snapshot -> reported instanceof ReportedSnapshot;
    };
  }

  /** Left behind by a broker that ended while it waited for the text. */
  private boolean isConsoleOf(Partition row, String machine) {
    return own.read(row.wanted(), Wanted.class) instanceof WantedConsole console
        && console.machine().equals(machine);
  }

  private boolean wantedAway(Partition partition) {
    return switch (own.read(partition.wanted(), Wanted.class)) {
      case WantedMachine machine -> machine.power() == Power.ABSENT;
      case WantedImage image -> image.absent();
      case WantedConsole console -> false;
      case WantedVolume volume -> volume.absent();
      case WantedSnapshot snapshot -> snapshot.absent();
    };
  }

  /** The number is read before the rows: a row written in between comes twice, never not at all. */
  private SyncAnswer newer(String node, long seen) {
    long upTo = records.node(node).map(Node::wantedNumber).orElse(seen);
    boolean knowsVolumes =
        records
            .node(node)
            .flatMap(Node::report)
            .map(json -> own.read(json, NodeReport.class).knowsVolumes())
            .orElse(false);
    List<Partition> rows =
        partitions.of(node).stream()
            .filter(row -> row.number() > seen && !gone(row))
            .filter(row -> knowsVolumes || !isOfVolumes(row))
            .sorted(Comparator.comparingLong(Partition::number))
            .toList();
    List<SyncAnswer.Item> items = new ArrayList<>();
    int bytes = 0;
    for (Partition row : rows) {
      bytes += row.wanted().length();
      if (bytes > ANSWER_BYTES && !items.isEmpty()) {
        upTo = items.getLast().number();
        break;
      }
      items.add(item(row));
    }
    return new SyncAnswer((int) lease.toSeconds(), Math.max(seen, upTo), items);
  }

  private SyncAnswer.Item item(Partition row) {
    return new SyncAnswer.Item(
        row.number(), own.read(row.wanted(), Wanted.class), row.reported().isPresent());
  }

  /** Kept from an agent that could not read the whole answer for it. */
  private boolean isOfVolumes(Partition row) {
    return switch (own.read(row.wanted(), Wanted.class)) {
      case WantedVolume volume -> true;
      case WantedSnapshot snapshot -> true;
      case WantedMachine machine -> false;
      case WantedImage image -> false;
      case WantedConsole console -> false;
    };
  }

  /** What its node has lost is not asked for again; only its removal is. */
  private boolean gone(Partition row) {
    return row.reported().map(json -> own.read(json, Reported.class).absent()).orElse(false)
        && !wantedAway(row);
  }

  private Answer replayed(String node) {
    long counter = records.node(node).map(Node::counter).orElse(0L);
    return new Answer(
        409, own.bytes(new Refusal("the number must be higher than " + counter, counter)));
  }

  private Answer refused(int status, String reason) {
    return new Answer(
        status,
        own.bytes(new Refusal(reason.substring(0, Math.min(reason.length(), Limits.REASON)), 0)));
  }

  private Answer ok(Object message) {
    return new Answer(200, own.bytes(message));
  }

  private static long number(String header) {
    try {
      return Limits.range(RequestSignature.NUMBER, Long.parseLong(header), 1, Long.MAX_VALUE);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(RequestSignature.NUMBER + " must be a number", e);
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(java.util.Locale.ROOT);
  }

  /** Lets go of requests that are held open. */
  @Override
  public void close() {
    poll.close();
  }
}
