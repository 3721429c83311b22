package io.meltemi.broker.door;

import static io.meltemi.broker.door.World.ANNA;
import static io.meltemi.broker.door.World.json;
import static io.meltemi.broker.door.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.broker.Caller;
import io.meltemi.model.schema.Face;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sees and ends whose API tokens. */
class ApiTokenStoryTest {
  private static final Caller OLGA = World.caller("users/olga", "t1", Caller.Role.ADMIN, false);
  private static final Caller STRANGER = World.caller("users/otto", "t2", Caller.Role.ADMIN, false);
  private static final Caller COLLEAGUE =
      World.caller("users/carl", "t1", Caller.Role.MEMBER, false);

  @TempDir Path keys;
  private World world;

  @BeforeEach
  void open() {
    world = new World(keys);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String token(Caller caller, String body) {
    return world
        .broker
        .create(caller, "apiTokens", json(body), World.through(Face.BROKER_1))
        .resource()
        .orElseThrow()
        .id();
  }

  private int status(Caller caller, String token) {
    return refusal(() -> world.broker.delete(caller, token, World.through(Face.BROKER_1))).status();
  }

  @Test
  void anAdministratorEndsTheTokensOfItsTenantAndNobodyElseDoes() {
    String token = token(ANNA, "{'name': 'of anna'}");
    assertThat(status(COLLEAGUE, token)).isEqualTo(404);
    assertThat(status(STRANGER, token)).isEqualTo(404);
    assertThat(world.broker.list(OLGA, "apiTokens", World.ALL).count()).isEqualTo(1);
    assertThat(world.broker.list(COLLEAGUE, "apiTokens", World.ALL).count()).isZero();

    world.broker.delete(OLGA, token, World.through(Face.BROKER_1));
    assertThat(refusal(() -> world.broker.read(ANNA, token)).status()).isEqualTo(404);
  }

  @Test
  void aTokenForTheWorkOfTheHouseIsNotTheTenantsBusiness() {
    String token = token(World.ADMIN, "{'name': 'of the house', 'operator': true}");
    assertThat(status(OLGA, token)).isEqualTo(404);
    assertThat(world.broker.list(OLGA, "apiTokens", World.ALL).count()).isZero();
  }
}
