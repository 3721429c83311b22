package io.meltemi.broker.place;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Handle;
import java.util.Optional;
import java.util.UUID;

/**
 * That a machine was adopted: somebody else made it at its provider, and it is another's still. It
 * bears no token of ours, counts against no quota, and the broker never removes it. Kept under
 * {@code _.adopted} of its row.
 *
 * @param acting whoever adopted it allows the tenant to start and stop it
 */
public record Adoption(boolean acting) {
  private static final String KEY = "adopted";

  /**
   * Name of an account's machine in paths. It follows from account and handle, so that no store can
   * hold the same machine twice.
   */
  public static String name(String account, Handle machine) {
    return UUID.nameUUIDFromBytes((account + "/" + machine.value()).getBytes(UTF_8)).toString();
  }

  /** How the machine was adopted; empty for one that the broker made. */
  public static Optional<Adoption> of(Row machine) {
    return machine.inner().path(KEY) instanceof ObjectNode json
        ? Optional.of(new Adoption(json.path("acting").asBoolean()))
        : Optional.empty();
  }

  public static boolean is(Row machine) {
    return of(machine).isPresent();
  }

  /** The row with this under {@code _}. */
  public Row into(Row machine) {
    ObjectNode inner = machine.inner().deepCopy();
    inner.putObject(KEY).put("acting", acting);
    return machine.withInner(inner);
  }
}
