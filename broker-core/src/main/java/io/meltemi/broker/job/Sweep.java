package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.account.AccountLimits;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Task;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Addresses;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sweep list: a token under which something may still appear at a provider although nobody
 * wants it. A task without a Job looks for it until the provider's longest delay has passed and
 * removes what it finds: the token is ours and so is the account, which proves it. It ends with a
 * look after that which finds nothing, however long nobody worked or the provider was away.
 */
public final class Sweep implements Step {
  static final String NAME = "sweep";
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final Duration PAUSE = Duration.ofSeconds(3);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** So long it is tried to see nothing when nothing more can appear. */
  private static final Duration PATIENCE = Duration.ofDays(7);

  /** In the memory of a sweep: when it was first looked after its time had run out. */
  private static final String LATE = "late";

  /** In the memory of a sweep: the object that stays. */
  static final String KEEP = "keep";

  /** In the memory of a sweep: the only object that goes. */
  private static final String ONLY = "only";

  /** In the memory of a sweep for a floating address. */
  static final String ADDRESS = "address";

  /** So often the watch may look whether a machine that vanished is back, with its address. */
  private static final int WATCHES = 3;

  /** Name of the task that looks for a token at an account. */
  public static String id(String account, Token token) {
    return "sweeps/" + account + "/" + token.value();
  }

  /** The same for the address that bears it. */
  private static String addressId(String account, Token token) {
    return id(account, token) + "/address";
  }

  /** True when something that bears the token is on the list of the account. */
  public static boolean has(Transaction transaction, String account, Token token) {
    return transaction.task(id(account, token)).isPresent()
        || transaction.task(addressId(account, token)).isPresent();
  }

  /** Until when something is looked for on an account; empty when nothing is. */
  public static Optional<Instant> until(Store store, String account) {
    return store.tasks(account, NAME).stream()
        .map(task -> until(task.memory()))
        .max(Comparator.naturalOrder());
  }

  private static Instant until(Tools tools, String account) {
    return tools.clock().instant().plus(tools.connectors().limits(account).longestDelay());
  }

  private static Instant until(JsonNode memory) {
    return memory.has(LATE)
        ? Instant.parse(memory.path(LATE).asText()).plus(PATIENCE)
        : Instant.parse(memory.path("until").asText());
  }

  /**
   * Puts what stands at a place that is given up on the list, a machine, volume or network. What
   * only bears its token is left alone, unless a lost answer has put it on the list before.
   */
  static void add(Transaction transaction, Tools tools, Row owner, Placed placed) {
    String id = id(placed.account(), placed.token());
    if (transaction.interrupt(id)) {
      Task task = transaction.task(id).orElseThrow();
      ObjectNode memory = task.memory().deepCopy();
      memory.remove(List.of(KEEP, LATE));
      memory.put("until", until(tools, placed.account()).toString());
      transaction.updateTask(task.next(NAME, task.due(), memory));
      return;
    }
    ObjectNode memory = JsonNodeFactory.instance.objectNode();
    placed.own().ifPresent(handle -> memory.put(ONLY, handle.value()));
    add(transaction, tools, id, owner, placed.account(), placed.token(), memory);
  }

  /** Puts what else bears the token of a machine, volume or network on the list. */
  static void addOthers(
      Transaction transaction, Tools tools, Row owner, Placed placed, Handle keep) {
    ObjectNode memory = JsonNodeFactory.instance.objectNode().put(KEEP, keep.value());
    String id = id(placed.account(), placed.token());
    add(transaction, tools, id, owner, placed.account(), placed.token(), memory);
  }

  /** Puts an image's token on the list. */
  static void addImage(
      Transaction transaction, Tools tools, Row image, String account, Token token) {
    ObjectNode memory = JsonNodeFactory.instance.objectNode().put("image", true);
    memory.put("snapshot", SnapshotBook.is(image));
    add(transaction, tools, id(account, token), image, account, token, memory);
  }

  /** Puts the floating address of a machine on the list, if one was asked for. */
  public static void addAddress(Transaction transaction, Tools tools, Row machine) {
    Optional<Placed> placed = Placed.of(machine).filter(at -> at.lent().isPresent());
    if (placed.isEmpty()) return;
    String account = placed.get().account();
    Token token = placed.get().token();
    ObjectNode memory = JsonNodeFactory.instance.objectNode().put(ADDRESS, true);
    add(transaction, tools, addressId(account, token), machine, account, token, memory);
  }

  private static void add(
      Transaction transaction,
      Tools tools,
      String id,
      Row owner,
      String account,
      Token token,
      ObjectNode memory) {
    if (transaction.task(id).isPresent()) return;
    memory.put("owner", owner.id()).put("kind", owner.kind()).put("token", token.value());
    AccountLimits limits = tools.connectors().limits(account);
    Instant now = tools.clock().instant();
    memory.put("until", until(tools, account).toString());
    boolean address = memory.path(ADDRESS).asBoolean();
    transaction.insertTask(
        new Task(
            id,
            owner.tenant(),
            account,
            NAME,
            address ? now.plus(limits.watch().multipliedBy(WATCHES)) : now,
            0,
            memory,
            0,
            Optional.empty(),
            Optional.empty()));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "looks for what may still appear";
  }

  @Override
  public int progress() {
    return 0;
  }

  @Override
  public Duration limit(Work work) {
    return work.accountLimits().longestDelay();
  }

  @Override
  public Next run(Work work) {
    return removed(work)
        .map(told -> work.look("removes it", told))
        .orElseGet(() -> pause(pause(work), "nothing there", Next.nothing()));
  }

  /** While the one that stays stands there, others are looked for as often as it is. */
  private static Duration pause(Work work) {
    return work.memory().has(KEEP) ? work.accountLimits().watch() : PAUSE;
  }

  private static Next pause(Duration pause, String why, Consumer<Transaction> change) {
    return new Next.Again(pause, why, change, false);
  }

  /** The events of what is removed now for the first time; empty when nothing is there. */
  private static Optional<Consumer<Transaction>> removed(Work work) {
    List<Handle> unwanted = remove(work);
    if (unwanted.isEmpty()) return Optional.empty();
    List<Handle> fresh = unwanted.stream().filter(handle -> !told(work, handle)).toList();
    ArrayNode told = work.memory().withArray("removed");
    fresh.forEach(handle -> told.add(handle.value()));
    return Optional.of(tx -> fresh.forEach(handle -> SweepEvents.removed(tx, work, handle)));
  }

  private static List<Handle> remove(Work work) {
    Token token = new Token(work.memory().path("token").asText());
    Connector connector = work.connector();
    if (work.memory().path("image").asBoolean()) {
      boolean snapshot = work.memory().path("snapshot").asBoolean();
      Shots shots = Shots.of(connector, Shots.Sort.of(kind(work), snapshot));
      List<Handle> images = shots.find(token);
      images.forEach(shots::delete);
      return images;
    }
    if (work.memory().path(ADDRESS).asBoolean()) {
      if (isBack(work, token)) return List.of();
      Addresses addresses = connector.addresses();
      List<Handle> lent = addresses.find(token);
      lent.forEach(addresses::release);
      return lent;
    }
    Stock stock = Stock.of(connector, kind(work));
    List<Handle> things =
        stock.find(token).stream().filter(each -> isUnwanted(work.memory(), each)).toList();
    things.forEach(stock::delete);
    return things;
  }

  private static boolean isUnwanted(JsonNode memory, Handle handle) {
    return memory.has(ONLY)
        ? handle.value().equals(memory.path(ONLY).asText())
        : !handle.value().equals(memory.path(KEEP).textValue());
  }

  /** A machine that vanished may show again, and wants its address then. */
  private static boolean isBack(Work work, Token token) {
    return work.row(work.memory().path("owner").asText())
        .flatMap(Placed::of)
        .filter(placed -> placed.account().equals(work.task().queue()))
        .filter(placed -> placed.token().equals(token) && placed.handle().isPresent())
        .isPresent();
  }

  static String kind(Work work) {
    return work.memory().path("kind").asText();
  }

  /** What appeared in time may stand there still, unseen. */
  @Override
  public Next expired(Work work) {
    if (!work.memory().has(LATE)) work.memory().put(LATE, work.now().toString());
    try {
      return removed(work)
          .map(told -> later(work, "does not go away", told))
          .orElseGet(() -> over(work));
    } catch (ConnectorException e) {
      LOG.info("{}: {}", work.job(), e.getMessage());
      return later(work, "cannot be looked for or removed: " + e.reason(), Next.nothing());
    }
  }

  private static Next over(Work work) {
    return work.end(JobState.SUCCESS, JobRows.GOOD, "nothing can appear any more", Next.nothing());
  }

  /** Looks again after a tenth of the time that it is late, or gives up and says so. */
  private static Next later(Work work, String reason, Consumer<Transaction> change) {
    Duration late = Duration.between(Instant.parse(work.memory().path(LATE).asText()), work.now());
    if (late.compareTo(PATIENCE) >= 0) return givenUp(work, reason, change);
    long seconds = late.dividedBy(10).toSeconds();
    long pause = Math.clamp(seconds, PAUSE.toSeconds(), LONGEST_PAUSE.toSeconds());
    return pause(Duration.ofSeconds(pause), reason, change);
  }

  private static Next givenUp(Work work, String reason, Consumer<Transaction> change) {
    String words = "what may be there under a token that nobody owns " + reason;
    LOG.warn("{}: {}; ask the doctor when the account can be used again", work.job(), words);
    return work.end(
        JobState.FAILED,
        ReturnCode.EXPIRED,
        words,
        change.andThen(tx -> SweepEvents.possible(tx, work, words)));
  }

  private static boolean told(Work work, Handle handle) {
    return work.memory()
        .path("removed")
        .valueStream()
        .anyMatch(one -> one.asText().equals(handle.value()));
  }
}
