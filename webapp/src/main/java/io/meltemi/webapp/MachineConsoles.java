package io.meltemi.webapp;

import io.meltemi.api.handler.Consoles;
import io.meltemi.broker.Broker;
import io.meltemi.broker.Caller;
import io.meltemi.broker.account.ConnectorPool;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Handle;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import java.util.Optional;

/** Asks a machine's place for the text of its console, for those who see the machine. */
record MachineConsoles(Broker broker, Store store, ConnectorPool connectors) implements Consoles {
  @Override
  public String text(Caller caller, String machine) {
    String id = broker.read(caller, machine).id();
    Placed placed =
        store.read(Store.EVERYBODY, id).flatMap(Placed::of).orElseThrow(() -> nowhere(machine));
    Optional<Handle> handle = placed.handle();
    try {
      return connectors
          .open(placed.account())
          .machines()
          .console(handle.orElseThrow(() -> nowhere(machine)));
    } catch (ConnectorException e) {
      throw refused(e).asException();
    }
  }

  private static ProblemException nowhere(String machine) {
    return Problem.of(
            409,
            "machine.console",
            "The machine " + machine + " is not running anywhere yet.",
            "Ask again when it has been made.")
        .asException();
  }

  private static Problem refused(ConnectorException failure) {
    Problem problem =
        switch (failure.fault()) {
          case UNSUPPORTED ->
              Problem.of(
                  409,
                  "machine.console",
                  "The place where the machine runs shows no consoles.",
                  "Log in to the machine instead, or run it where the ability CONSOLE is offered.");
          case TRANSIENT, UNKNOWN, CAPACITY, QUOTA ->
              Problem.of(
                  503,
                  "provider.unavailable",
                  "The place where the machine runs did not answer.",
                  "Try again in a while.");
          case BAD_REQUEST, CREDENTIALS ->
              Problem.of(
                  502,
                  "provider.refused",
                  "The place where the machine runs refused to show its console.",
                  "Show this to an operator.");
        };
    return problem.saidByProvider(failure.reason());
  }
}
