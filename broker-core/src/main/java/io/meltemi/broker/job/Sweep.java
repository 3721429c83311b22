package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.account.AccountLimits;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Task;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Addresses;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The sweep list: a token under which something may still appear at a provider although nobody
 * wants it. A task without a Job looks for it until the provider's longest delay has passed and
 * removes what it finds: the token is ours and so is the account, which proves it.
 */
public final class Sweep implements Step {
  static final String NAME = "sweep";
  private static final Duration PAUSE = Duration.ofSeconds(3);

  /** In the memory of a sweep for a floating address. */
  private static final String ADDRESS = "address";

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
        .map(task -> Instant.parse(task.memory().path("until").asText()))
        .max(Comparator.naturalOrder());
  }

  /**
   * Puts the token of a machine, volume or network on the list; the object {@code keep} is not
   * touched.
   */
  public static void add(
      Transaction transaction,
      Tools tools,
      Row owner,
      String account,
      Token token,
      Optional<Handle> keep) {
    ObjectNode memory = JsonNodeFactory.instance.objectNode();
    keep.ifPresent(handle -> memory.put("keep", handle.value()));
    add(transaction, tools, id(account, token), owner, account, token, memory);
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
    memory.put("until", now.plus(limits.longestDelay()).toString());
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
    List<Handle> unwanted = remove(work);
    List<Handle> fresh = unwanted.stream().filter(handle -> !told(work, handle)).toList();
    ArrayNode told = work.memory().withArray("removed");
    fresh.forEach(handle -> told.add(handle.value()));
    return unwanted.isEmpty()
        ? new Next.Again(PAUSE, "nothing there", Next.nothing(), false)
        : work.look("removes it", tx -> fresh.forEach(handle -> tell(tx, work, handle)));
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
        stock.find(token).stream()
            .filter(handle -> !handle.value().equals(work.memory().path("keep").textValue()))
            .toList();
    things.forEach(stock::delete);
    return things;
  }

  /** A machine that vanished may show again, and wants its address then. */
  private static boolean isBack(Work work, Token token) {
    return work.row(work.memory().path("owner").asText())
        .flatMap(Placed::of)
        .filter(placed -> placed.account().equals(work.task().queue()))
        .filter(placed -> placed.token().equals(token) && placed.handle().isPresent())
        .isPresent();
  }

  private static String kind(Work work) {
    return work.memory().path("kind").asText();
  }

  @Override
  public Next expired(Work work) {
    return work.end(JobState.SUCCESS, JobRows.GOOD, "nothing can appear any more", Next.nothing());
  }

  private static boolean told(Work work, Handle handle) {
    return work.memory()
        .path("removed")
        .valueStream()
        .anyMatch(one -> one.asText().equals(handle.value()));
  }

  private static void tell(Transaction transaction, Work work, Handle handle) {
    boolean twin = work.memory().has("keep");
    boolean address = work.memory().has(ADDRESS);
    String nobodys =
        address
            ? "the floating address of a machine that is gone was released"
            : "an object that nobody owns was removed";
    ObjectNode content =
        JsonNodeFactory.instance
            .objectNode()
            .put("account", work.task().queue())
            .put("token", work.memory().path("token").asText())
            .put("handle", handle.value())
            .put("message", twin ? "a second object of the same order was removed" : nobodys);
    transaction.record(
        new Event(
            0,
            work.task().tenant(),
            twin ? "twin.removed" : "orphan.removed",
            work.memory().path("owner").asText(),
            kind(work),
            work.now(),
            content));
  }
}
