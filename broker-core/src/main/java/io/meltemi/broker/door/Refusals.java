package io.meltemi.broker.door;

import io.meltemi.broker.Intent;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.schema.ResourceKind;
import java.util.Collection;
import java.util.TreeSet;

/** The refusals that every kind shares, each with its stable code and a remedy. */
final class Refusals {
  private Refusals() {}

  /** The same for what never was, what is gone and what is another tenant's. */
  static ProblemException notFound(String path) {
    return Problem.of(
            404,
            "resource.not-found",
            "There is no " + shown(path) + ".",
            "Take the address from the collection that lists it.")
        .asException();
  }

  static ProblemException stale(long asked, long actual) {
    return Problem.of(
            412,
            "precondition.stale",
            "The resource is at version " + actual + ", the request expects " + asked + ".",
            "Read the resource again and repeat the change with its new ETag.")
        .at("If-Match")
        .asException();
  }

  /** Somebody else changed it between reading and writing. */
  static ProblemException conflict() {
    return Problem.of(
            409,
            "resource.changed-meanwhile",
            "The resource was changed by another request at the same moment.",
            "Read the resource again and repeat the request.")
        .asException();
  }

  /** Disk or database are in trouble; the log has their words. */
  static ProblemException store() {
    return Problem.of(
            503,
            "store.failed",
            "The broker cannot write its store now; nothing was changed.",
            "Try again later, under the same Idempotency-Key; an operator finds the cause, such as"
                + " a full disk, in the log.")
        .asException();
  }

  static ProblemException taken(ResourceKind kind, String name) {
    return Problem.of(
            409,
            "name.taken",
            "There is " + kind.inASentence() + " called '" + name + "' already.",
            "Choose another name.")
        .at("name")
        .asException();
  }

  static ProblemException reused(String key) {
    return Problem.of(
            409,
            "idempotency.reused",
            "The idempotency key '" + shown(key) + "' came before with another request.",
            "Use a new key for a new intention; a key belongs to its first request.")
        .at("Idempotency-Key")
        .asException();
  }

  /** What the state of a resource forbids. */
  static Problem state(String message, String remedy) {
    return Problem.of(409, "state.illegal", message, remedy).at("state");
  }

  static Problem unsupported(ResourceKind kind, String operation, Collection<String> known) {
    return Problem.of(
        405,
        "operation.unsupported",
        kind.name() + " knows no operation '" + shown(operation) + "'.",
        known.isEmpty()
            ? "It can only be read."
            : "Use one of " + String.join(", ", new TreeSet<>(known)) + ".");
  }

  static ProblemException attribute(String code, String field, String message, String remedy) {
    return Problem.of(400, "attribute." + code, message, remedy).at(field).asException();
  }

  static ProblemException reference(String field, String href) {
    return Problem.of(
            400,
            "reference.unknown",
            "Attribute '" + field + "' refers to " + shown(href) + ", which does not exist.",
            "Take the address from the collection that lists what you want to refer to.")
        .at(field)
        .asException();
  }

  /** Refuses a dry run of what has none: better than doing it after all. */
  static void dryRun(Intent intent) {
    if (intent.dryRun()) {
      throw Problem.of(
              400,
              "operation.no-dry-run",
              "Only the order of a machine, volume or network can be tried without carrying it"
                  + " out.",
              "Leave dryRun out to carry the request out.")
          .at("dryRun")
          .asException();
    }
  }

  /** Foreign text cut to what a sentence bears. */
  static String shown(String text) {
    String clean =
        text.codePoints()
            .filter(point -> !Character.isISOControl(point))
            .limit(120)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return clean.isEmpty() ? "nothing" : clean;
  }
}
