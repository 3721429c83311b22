package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.account.Account;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.account.Errand;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.scripted.Backstage;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.pivot.Offer;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Accounts that are disabled, and enabled again, while they are asked what they have. */
class TurnedOffTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static void turn(Scene scene, String state, String... accounts) {
    change(scene, row -> row.withState(state), accounts);
  }

  /** By itself the broker does not ask again while the test runs. */
  private static void askSeldom(Scene scene, String... accounts) {
    change(
        scene,
        row -> {
          ObjectNode document = row.document().deepCopy();
          document.withObject("/limits").put("discoverSeconds", 3600);
          return row.withDocument(document);
        },
        accounts);
  }

  private static void change(Scene scene, UnaryOperator<Row> change, String... accounts) {
    scene.store.write(
        Store.EVERYBODY,
        transaction -> {
          for (String account : accounts) {
            Row row = transaction.find(Accounts.path(account)).orElseThrow();
            transaction.update(change.apply(row));
          }
          return true;
        });
  }

  private static Set<String> offering(Scene scene) {
    return scene.shop().catalog().offers(Scene.TENANT).offers().stream()
        .map(Offer::account)
        .collect(Collectors.toSet());
  }

  private static long asked(Scene scene, String cloud) {
    return scene.cloud(cloud).calls().stream()
        .map(Backstage.Call::call)
        .filter("facts"::equals)
        .count();
  }

  /** South shows by its offers when the broker has noticed what it was told of both. */
  @Test
  void anAccountThatIsEnabledAgainBeforeAnOldQuestionIsAnsweredHasOffers() {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.quick("south"))) {
      askSeldom(scene, "north", "south");
      scene.cloud("north").plan(Mishap.hang("facts", Duration.ofSeconds(5)));
      scene.start();
      await().until(() -> asked(scene, "south") >= 2);
      turn(scene, "DISABLED", "north", "south");
      await().until(() -> !offering(scene).contains("south"));
      turn(scene, "ENABLED", "north", "south");
      await().until(() -> offering(scene).contains("south"));
      await().atMost(PATIENCE).until(() -> asked(scene, "north") >= 3);
      await()
          .during(Duration.ofMillis(500))
          .atMost(PATIENCE)
          .until(() -> offering(scene).equals(Set.of("north", "south")));
    }
  }

  @Test
  void anAnswerThatComesAfterAnAccountWasDisabledIsNotOffered() {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.quick("south")).start()) {
      Account north = scene.shop().accounts().find("north").orElseThrow();
      turn(scene, "DISABLED", "north");
      await().until(() -> offering(scene).equals(Set.of("south")));
      Errand.run(() -> scene.shop().discovery().discover(north));
      assertThat(offering(scene)).containsExactly("south");
      turn(scene, "ENABLED", "north");
      await().until(() -> offering(scene).equals(Set.of("north", "south")));
    }
  }
}
