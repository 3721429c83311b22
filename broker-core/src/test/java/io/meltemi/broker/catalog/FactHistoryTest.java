package io.meltemi.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meltemi.broker.account.Account;
import io.meltemi.broker.account.AccountLimits;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.FactChange;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Stores;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Location;
import io.meltemi.pivot.Price;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an account's provider tells changes, and only that is recorded. */
class FactHistoryTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Account ACCOUNT =
      new Account("a1", "aegean", "t1", "scripted", Map.of(), Set.of(), AccountLimits.LOCAL);

  private final Store store = Stores.memory(BrokerKinds.all(), Clock.fixed(NOON, ZoneOffset.UTC));
  private FactHistory history = new FactHistory(store);
  private long free = 100;
  private long limit = 20;
  private String price = "0.05";
  private Set<Capability> abilities = Set.of(Capability.START);
  private List<Inventory.Image> images = List.of();
  private Instant now = NOON;

  @BeforeEach
  void open() {
    store.write(
        "t1",
        book ->
            book.insert(
                new Row(
                    ACCOUNT.path(),
                    "t1",
                    "Account",
                    Optional.empty(),
                    "aegean",
                    "ENABLED",
                    NOON,
                    NOON,
                    1,
                    JsonNodeFactory.instance.objectNode())));
    discovered();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void discovered() {
    history.record(
        ACCOUNT,
        new Inventory(
            List.of(
                new Inventory.Place(
                    Location.named("zone").inCountry("GR"),
                    new Amount(free, Long.MAX_VALUE, 4096, 0),
                    abilities,
                    Optional.empty())),
            List.of(
                new Inventory.Size(
                    Optional.of("s"),
                    "small",
                    new Amount(1, 2, 1024, 0),
                    Optional.of(new Price(new BigDecimal(price), "EUR")),
                    Set.of())),
            images,
            new Amount(limit, 40, 8192, 0),
            Amount.NONE,
            now,
            "a drawing"));
  }

  private void discovered(Duration later) {
    now = now.plus(later);
    discovered();
  }

  /** The changes of a fact, newest first, as before and after. */
  private List<String> told(String fact) {
    return store.factChanges("a1").stream()
        .filter(each -> each.fact().equals(fact))
        .map(each -> each.before().orElse("-") + " " + each.after().orElse("-"))
        .toList();
  }

  @Test
  void theFirstDiscoveryBeginsTheHistoryOfEveryFact() {
    assertThat(store.factChanges("a1"))
        .extracting(FactChange::place, FactChange::fact, each -> each.after().orElseThrow())
        .contains(
            tuple("zone", "free/machines", "100"),
            tuple("zone", "free/cpu", "unlimited"),
            tuple("zone", "country", "GR"),
            tuple("zone", "abilities", "START"),
            tuple("", "quotaLimit/machines", "20"),
            tuple("", "sizes/s/shape/memory", "1024"),
            tuple("", "sizes/s/price", "0.05"));
    assertThat(store.factChanges("a1"))
        .allSatisfy(each -> {
          assertThat(each.source()).isEqualTo("a drawing");
          assertThat(each.time()).isEqualTo(NOON);
          assertThat(each.before()).isEmpty();
        });
  }

  @Test
  void whatIsToldOtherwiseIsRecordedOnceAndNothingElse() {
    int known = store.factChanges("a1").size();
    price = "0.06";
    abilities = Set.of(Capability.START, Capability.STOP);
    discovered(Duration.ofMinutes(1));
    discovered(Duration.ofMinutes(1));

    assertThat(told("sizes/s/price")).containsExactly("0.05 0.06", "- 0.05");
    assertThat(told("abilities")).containsExactly("START START STOP", "- START");
    assertThat(store.factChanges("a1")).hasSize(known + 2);
  }

  @Test
  void whatIsToldNoMoreEndsAndMayComeAgain() {
    images = List.of(new Inventory.Image("deb", "debian", Optional.empty(), 0, 0, Set.of("zone")));
    discovered(Duration.ofMinutes(1));
    images = List.of();
    discovered(Duration.ofMinutes(1));
    discovered(Duration.ofMinutes(1));
    images = List.of(new Inventory.Image("deb", "Debian", Optional.empty(), 0, 0, Set.of("zone")));
    discovered(Duration.ofMinutes(1));

    assertThat(told("images/deb/name")).containsExactly("- Debian", "debian -", "- debian");
    assertThat(told("images/deb")).containsExactly("- present", "present -", "- present");
  }

  @Test
  void anAmountThatJittersIsThinnedOut() {
    for (int minute = 0; minute < 24 * 60; minute++) {
      free = 100 + minute % 5;
      discovered(Duration.ofMinutes(1));
    }
    assertThat(told("free/machines")).containsExactly("100 104", "- 100");

    free = 50;
    discovered(Duration.ofMinutes(10));
    free = 100;
    discovered(Duration.ofMinutes(1));
    free = 20;
    discovered(Duration.ofMinutes(9));
    assertThat(told("free/machines")).containsExactly("50 20", "104 50", "100 104", "- 100");
  }

  @Test
  void aSmallDifferenceThatLastsIsRecordedADayLater() {
    free = 99;
    discovered(Duration.ofHours(23));
    assertThat(told("free/machines")).containsExactly("- 100");
    discovered(Duration.ofHours(1));
    assertThat(told("free/machines")).containsExactly("100 99", "- 100");
  }

  @Test
  void aLimitOfAQuotaIsRecordedAtOnceHoweverSmallTheStep() {
    limit = 21;
    discovered(Duration.ofSeconds(5));
    assertThat(told("quotaLimit/machines")).containsExactly("20 21", "- 20");
  }

  @Test
  void aRestartGoesOnWhereTheHistoryStood() {
    int known = store.factChanges("a1").size();
    history = new FactHistory(store);
    discovered(Duration.ofMinutes(1));
    assertThat(store.factChanges("a1")).hasSize(known);
    price = "0.07";
    discovered(Duration.ofMinutes(1));
    assertThat(told("sizes/s/price")).containsExactly("0.05 0.07", "- 0.05");
  }

  @Test
  void anAnswerThatIsOlderThanWhatIsKnownChangesNothing() {
    price = "0.06";
    discovered(Duration.ofMinutes(1));
    price = "0.05";
    discovered(Duration.ofSeconds(-30));
    assertThat(told("sizes/s/price")).containsExactly("0.05 0.06", "- 0.05");
  }

  @Test
  void anAccountThatWasDeletedMeanwhileGetsNoHistory() {
    store.write(
        Store.EVERYBODY,
        book -> {
          book.delete(book.find(ACCOUNT.path()).orElseThrow());
          return true;
        });
    int known = store.factChanges("a1").size();
    price = "0.06";
    discovered(Duration.ofMinutes(1));
    assertThat(store.factChanges("a1")).hasSize(known);
  }

  @Test
  void whatNoDatabaseTakesIsLeftOut() {
    images =
        List.of(
            new Inventory.Image(
                "x", "\uD83Da\0b" + "y".repeat(2000), Optional.empty(), 0, 0, Set.of()));
    discovered(Duration.ofMinutes(1));
    assertThat(told("images/x/name")).singleElement().asString().startsWith("- ?aby").hasSize(1001);
  }
}
