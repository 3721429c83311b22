package io.meltemi.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.broker.account.Account;
import io.meltemi.broker.account.AccountLimits;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Stores;
import io.meltemi.connector.Inventory.Image;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which images of several accounts are one image to us. */
class ImageBookTest {
  private static final String PC = "x86_64";
  private static final String ARM = "aarch64";

  private final Store store = Stores.memory(BrokerKinds.all(), Clock.systemUTC());
  private final ImageBook book = new ImageBook(Clock.systemUTC());

  @AfterEach
  void close() {
    store.close();
  }

  private static Image image(String id, String architecture) {
    Optional<String> told = Optional.of(architecture).filter(name -> !name.isEmpty());
    return new Image(id, "debian-12", told, 0, 0, Set.of());
  }

  private Map<String, String> takes(String account, Image... found) {
    return takes(account, store.all(ImageBook.KIND), found);
  }

  private Map<String, String> takes(String account, List<Row> known, Image... found) {
    Account owner =
        new Account(
            account, account, Row.HOUSE, "scripted", Map.of(), Set.of(), AccountLimits.LOCAL);
    return store.write(
        Store.EVERYBODY, transaction -> book.take(transaction, owner, List.of(found), known));
  }

  @Test
  void whicheverAccountIsSeenFirstTheSameImagesAreOne() {
    record Cloud(String name, Image... images) {}
    List<Cloud> order =
        new ArrayList<>(
            List.of(
                new Cloud("aurora", image("a-pc", PC)),
                new Cloud("meridian", image("m-pc", PC)),
                new Cloud("pampero", image("p-arm", ARM), image("p-pc", PC))));
    for (int turn = 0; turn < order.size(); turn++) {
      Map<String, String> ours = new LinkedHashMap<>();
      order.forEach(cloud -> ours.putAll(takes(cloud.name(), cloud.images())));
      assertThat(ours.get("p-pc"))
          .as("first %s", order.getFirst().name())
          .isEqualTo(ours.get("a-pc"));
      assertThat(ours.get("m-pc"))
          .as("first %s", order.getFirst().name())
          .isEqualTo(ours.get("a-pc"));
      assertThat(ours.get("p-arm"))
          .as("first %s", order.getFirst().name())
          .isNotEqualTo(ours.get("p-pc"));
      forgetAll();
      Collections.rotate(order, 1);
    }
  }

  @Test
  void anImageThatTwoReplicasSeeAtTheSameMomentIsOne() {
    List<Row> known = store.all(ImageBook.KIND);
    Map<String, String> one = takes("aurora", known, image("a-pc", PC), image("a-arm", ARM));
    Map<String, String> other = takes("aurora", known, image("a-pc", PC), image("a-arm", ARM));
    assertThat(other).isEqualTo(one);
    assertThat(store.all(ImageBook.KIND)).hasSize(2);
  }

  @Test
  void anImageThatOnlyAnAccountThatIsGoneHadIsNoLongerThere() {
    Map<String, String> ours = new LinkedHashMap<>(takes("aurora", image("a", PC)));
    ours.putAll(takes("meridian", image("m", PC), image("m-arm", ARM)));
    leaves("meridian");
    assertThat(state(ours, "a")).isEqualTo("AVAILABLE");
    assertThat(state(ours, "m-arm")).isEqualTo("ERROR");
    leaves("aurora");
    assertThat(state(ours, "a")).isEqualTo("ERROR");
  }

  private void leaves(String account) {
    store.write(
        Store.EVERYBODY,
        transaction -> {
          ImageBook.leave(transaction, account, store.all(ImageBook.KIND));
          return true;
        });
  }

  private String state(Map<String, String> ours, String image) {
    return store.read(Store.EVERYBODY, ours.getOrDefault(image, "")).orElseThrow().state();
  }

  private void forgetAll() {
    List<Row> rows = store.all(ImageBook.KIND);
    store.write(
        Store.EVERYBODY,
        transaction -> {
          rows.forEach(row -> transaction.delete(row));
          return rows;
        });
  }

  @Test
  void anImageThatDoesNotTellItsProcessorsJoinsAndLearns() {
    String first = takes("silent", image("s", "")).get("s");
    assertThat(takes("pc", image("pc", PC))).containsEntry("pc", first);
    assertThat(takes("arm", image("arm", ARM)).get("arm")).isNotEqualTo(first);
    assertThat(takes("other", image("o", ""), image("o-pc", PC)).values()).doesNotHaveDuplicates();
  }

  @Test
  void twoImagesOfOneAccountAreNeverOne() {
    String shared = takes("one", image("one", PC)).get("one");
    Map<String, String> twins = takes("two", image("new", PC), image("old", PC));
    assertThat(twins.values()).hasSize(2).doesNotHaveDuplicates().contains(shared);
    assertThat(store.all(ImageBook.KIND).stream().map(Row::id).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(Set.copyOf(twins.values()));
  }
}
