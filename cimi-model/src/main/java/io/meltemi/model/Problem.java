package io.meltemi.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Why a request is refused.
 *
 * @param status HTTP status
 * @param code stable, for instance {@code machine.no-offer}; the list is docs/errors.md
 * @param message a sentence: what is wrong
 * @param field path of the attribute or name of the parameter or header at fault
 * @param remedy a sentence: what to do next
 * @param providerWords what the provider said, unchanged but cleaned of secrets
 * @param details further members of the error body, for instance verdicts
 */
public record Problem(
    int status,
    String code,
    String message,
    Optional<String> field,
    String remedy,
    Optional<String> providerWords,
    Optional<ObjectNode> details) {

  public static Problem of(int status, String code, String message, String remedy) {
    return new Problem(
        status, code, message, Optional.empty(), remedy, Optional.empty(), Optional.empty());
  }

  public Problem at(String name) {
    return new Problem(status, code, message, Optional.of(name), remedy, providerWords, details);
  }

  public Problem saidByProvider(String words) {
    return new Problem(status, code, message, field, remedy, Optional.of(words), details);
  }

  public Problem with(ObjectNode more) {
    return new Problem(status, code, message, field, remedy, providerWords, Optional.of(more));
  }

  /** Thrown where a request cannot go on. */
  public ProblemException asException() {
    return new ProblemException(this);
  }
}
