package io.meltemi.webapp.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the broker can do its work, and why not. Checks are asked at every question. */
public final class Readiness {
  private final List<Supplier<Optional<String>>> checks;

  /**
   * @param checks each gives a sentence when something is missing
   */
  public Readiness(List<Supplier<Optional<String>>> checks) {
    this.checks = List.copyOf(checks);
  }

  /** What is missing; empty when ready. */
  public List<String> missing() {
    List<String> reasons = new ArrayList<>();
    for (Supplier<Optional<String>> check : checks) check.get().ifPresent(reasons::add);
    return reasons;
  }
}
