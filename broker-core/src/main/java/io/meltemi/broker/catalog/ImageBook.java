package io.meltemi.broker.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.account.Account;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Inventory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Images of providers as MachineImage rows: one row for all images of an owner which bear the same
 * name and run on the same processors, with the provider's id of each account's copy under {@code
 * _.copies}. An image that nobody has any more stays as ERROR, for templates name it, and is
 * AVAILABLE again when it comes back.
 */
final class ImageBook {
  static final String KIND = "MachineImage";
  private static final String ARCHITECTURE = "cpuArchitecture";

  private final Clock clock;

  ImageBook(Clock clock) {
    this.clock = clock;
  }

  /**
   * Takes over what an account has.
   *
   * @param images all image rows, of whatever tenant
   * @return our id of an image by the provider's
   */
  Map<String, String> take(
      Transaction transaction, Account account, List<Inventory.Image> found, List<Row> images) {
    Map<String, String> ours = new HashMap<>();
    Set<String> present = new HashSet<>();
    Set<String> joined = new HashSet<>();
    for (Inventory.Image image : found) {
      present.add(image.id());
      Row row =
          holding(images, account, image.id())
              .or(() -> alike(images, account, image).filter(one -> joined.add(one.id())))
              .map(old -> current(transaction, old))
              .orElseGet(() -> stored(transaction, fresh(account, image)));
      ours.put(image.id(), row.id());
      if (!image.id().equals(copy(row, account.id()))) {
        transaction.update(with(row, account.id(), Optional.of(image)));
      }
    }
    without(transaction, account.id(), present, images);
    return ours;
  }

  /** The account is gone, and its images with it. */
  static void leave(Transaction transaction, String account, List<Row> images) {
    without(transaction, account, Set.of(), images);
  }

  /** The account has none but those that are present. */
  private static void without(
      Transaction transaction, String account, Set<String> present, List<Row> images) {
    for (Row row : images) {
      String copy = copy(row, account);
      if (!copy.isEmpty() && !present.contains(copy)) {
        transaction
            .find(row.id())
            .ifPresent(now -> transaction.update(with(now, account, Optional.empty())));
      }
    }
  }

  /** True while an image of ours is being made or removed on the account. */
  static boolean underWay(Account account, List<Row> images) {
    return images.stream()
        .filter(row -> row.state().equals("CREATING") || row.state().equals("DELETING"))
        .anyMatch(row -> row.inner().path("made").path("account").asText().equals(account.id()));
  }

  /** True when nothing of it would change the book. */
  static boolean settled(Account account, List<Inventory.Image> found, List<Row> images) {
    Set<String> have = new HashSet<>();
    images.forEach(row -> have.add(copy(row, account.id())));
    have.remove("");
    Set<String> present = new HashSet<>();
    found.forEach(image -> present.add(image.id()));
    return have.equals(present);
  }

  /** Our id of an image by the provider's, as the rows say. */
  static Map<String, String> known(Account account, List<Row> images) {
    Map<String, String> ours = new HashMap<>();
    for (Row row : images) {
      String copy = copy(row, account.id());
      if (!copy.isEmpty()) ours.put(copy, row.id());
    }
    return ours;
  }

  private static String copy(Row row, String account) {
    return row.inner().path("copies").path(account).asText("");
  }

  /** Another replica may have seen the image at the same moment. */
  private static Row stored(Transaction transaction, Row fresh) {
    return transaction.find(fresh.id()).orElseGet(() -> transaction.insert(fresh));
  }

  /** The same from whichever replica. */
  private static String path(Account account, Inventory.Image image) {
    byte[] name = (account.id() + "/" + image.id()).getBytes(StandardCharsets.UTF_8);
    return "machineImages/" + UUID.nameUUIDFromBytes(name);
  }

  private static Row current(Transaction transaction, Row row) {
    return transaction.find(row.id()).orElse(row);
  }

  private static Optional<Row> holding(List<Row> images, Account account, String id) {
    return images.stream().filter(row -> copy(row, account.id()).equals(id)).findFirst();
  }

  /**
   * Another copy of an image that was discovered elsewhere; captured ones are never merged. What
   * does not tell its processors may run on any, and yet those that tell the same are nearer.
   */
  private static Optional<Row> alike(List<Row> images, Account account, Inventory.Image image) {
    String wanted = image.cpuArchitecture().orElse("");
    return images.stream()
        .filter(row -> row.tenant().equals(account.tenant()) && row.name().equals(image.name()))
        .filter(row -> row.inner().path("discovered").asBoolean())
        .filter(row -> copy(row, account.id()).isEmpty())
        .filter(row ->
            wanted.isEmpty() || architecture(row).isEmpty() || architecture(row).equals(wanted))
        .min(Comparator.comparing(row -> !architecture(row).equals(wanted)));
  }

  private static String architecture(Row row) {
    return row.inner().path(ARCHITECTURE).asText("");
  }

  private Row fresh(Account account, Inventory.Image image) {
    Instant now = clock.instant();
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("type", "IMAGE");
    ObjectNode inner = document.putObject("_").put("discovered", true);
    image.cpuArchitecture().ifPresent(name -> inner.put(ARCHITECTURE, name));
    inner.putObject("copies").put(account.id(), image.id());
    return new Row(
        path(account, image),
        account.tenant(),
        KIND,
        Optional.empty(),
        image.name(),
        "AVAILABLE",
        now,
        now,
        0,
        document);
  }

  private static Row with(Row row, String account, Optional<Inventory.Image> copy) {
    ObjectNode inner = row.inner().deepCopy();
    ObjectNode copies = inner.withObject("copies");
    copies.remove(account);
    copy.ifPresent(image -> copies.put(account, image.id()));
    copy.flatMap(Inventory.Image::cpuArchitecture).ifPresent(name -> inner.put(ARCHITECTURE, name));
    Row changed = row.withInner(inner);
    return switch (row.state()) {
      case "AVAILABLE", "ERROR" -> changed.withState(copies.isEmpty() ? "ERROR" : "AVAILABLE");
      default -> changed;
    };
  }
}
