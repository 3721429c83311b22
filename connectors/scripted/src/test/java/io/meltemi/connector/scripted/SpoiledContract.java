package io.meltemi.connector.scripted;

import io.meltemi.connector.kit.ConnectorContract;
import io.meltemi.connector.kit.Rig;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The contract on a spoiled cloud. Its name keeps the build from running it by itself. */
@ExtendWith(SpoiledContract.ByName.class)
class SpoiledContract extends ConnectorContract {
  static final String SPOIL = "spoil";

  private final Spoil spoil;

  SpoiledContract(Spoil spoil) {
    this.spoil = spoil;
  }

  @Override
  protected Rig rig() {
    return new ScriptedRig(spoil);
  }

  /** Takes the spoil's name from the run's parameters. */
  static final class ByName implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Spoil.class;
    }

    @Override
    public Spoil resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return Spoils.named(context.getConfigurationParameter(SPOIL).orElseThrow());
    }
  }
}
