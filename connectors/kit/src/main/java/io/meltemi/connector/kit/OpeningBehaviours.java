package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.ConnectorFactory.Setting;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.pivot.MachineState;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Opening and closing an account. */
interface OpeningBehaviours extends Behaviours {
  private Rig.Opening opening() {
    return bench().power(bench().rig().opening(), "open by settings");
  }

  @Test
  default void theFactoryIsFoundAsAServiceByItsName() {
    ConnectorFactory factory = opening().factory();
    assertThat(factory.name()).matches("[a-z][a-z0-9-]*");
    ClassLoader its = factory.getClass().getClassLoader();
    assertThat(ServiceLoader.load(ConnectorFactory.class, its).stream().map(p -> p.get().name()))
        .containsOnlyOnce(factory.name());
  }

  @Test
  default void aMandatorySettingThatIsMissingIsNamed() {
    Rig.Opening opening = opening();
    if (opening.factory().settings().stream().noneMatch(Setting::mandatory)) {
      throw NotTried.unsupported("no setting is mandatory");
    }
    for (Setting setting : opening.factory().settings()) {
      if (setting.mandatory()) {
        Map<String, String> without = new HashMap<>(opening.settings());
        without.remove(setting.name());
        assertThatThrownBy(() -> opening.factory().open(without, context()))
            .as(setting.name())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(setting.name());
      }
    }
  }

  @Test
  default void noErrorShowsASecret() {
    Rig.Opening opening = opening();
    for (Setting setting : opening.factory().settings()) {
      if (setting.secret() && opening.settings().containsKey(setting.name())) {
        Map<String, String> wrong = new HashMap<>(opening.settings());
        wrong.put(setting.name(), "planted-S3CRET");
        try (Connector connector = opening.factory().open(wrong, context())) {
          assertThat(Bench.failure(connector::discover)).hasStackTraceContaining("CREDENTIALS");
          assertThat(Bench.failure(connector::discover).toString())
              .doesNotContain("planted-S3CRET");
          assertThat(connector.toString()).doesNotContain("planted-S3CRET");
        }
      }
    }
  }

  private static Context context() {
    return new Context("kit", Clock.systemUTC(), Outside.thisMachine(), Optional.empty());
  }

  @Test
  default void closingLeavesTheMachines() {
    Handle machine = bench().started("left");
    Connector second = bench().rig().open();
    assertThat(second.machines().read(machine)).isPresent();
    second.close();
    assertThat(bench().state(machine)).contains(MachineState.STARTED);
  }

  @Test
  default void twoConnectorsOfOneAccountSeeTheSame() {
    Token token = bench().token();
    Handle machine = bench().create(bench().rig().order("shared"), token);
    try (Connector second = bench().rig().open()) {
      assertThat(second.machines().find(token)).containsExactly(machine);
    }
  }
}
