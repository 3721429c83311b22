package io.meltemi.api.handler;

import io.meltemi.broker.Caller;

/** What machines write to their consoles. */
@FunctionalInterface
public interface Consoles {
  /**
   * The end of a console's text.
   *
   * @param machine path of the machine
   * @throws io.meltemi.model.ProblemException 404 when the caller sees no such machine, 409 when
   *     its place shows no consoles
   */
  String text(Caller caller, String machine);
}
