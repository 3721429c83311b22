package io.meltemi.broker.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * How an account may be used: what it costs others at most, and how fresh its picture is.
 *
 * @param call longest time of one call
 * @param parallel calls under way at once
 * @param waiting calls that may wait for their turn; more are refused at once
 * @param perSecond calls begun in a second
 * @param watch pause between two looks at its machines
 * @param discover pause between two discoveries
 * @param look how long to look for what a lost answer left before another offer is tried
 * @param longestDelay how late after its answer was lost a provider may still carry a call out
 */
public record AccountLimits(
    Duration call,
    int parallel,
    int waiting,
    int perSecond,
    Duration watch,
    Duration discover,
    Duration look,
    Duration longestDelay) {

  /** For providers far away. */
  public static final AccountLimits REMOTE =
      new AccountLimits(
          Duration.ofSeconds(30),
          8,
          256,
          20,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMinutes(15));

  /** For providers on this machine or in this house, which bear to be asked often. */
  public static final AccountLimits LOCAL =
      new AccountLimits(
          Duration.ofSeconds(20),
          32,
          1024,
          500,
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5));

  public AccountLimits {
    if (parallel < 1 || waiting < 1 || perSecond < 1) {
      throw new IllegalArgumentException("parallel, waiting and perSecond must be at least 1");
    }
  }

  /**
   * These limits with those of an account's document in their place: {@code callSeconds}, {@code
   * parallelCalls}, {@code waitingCalls}, {@code callsPerSecond}, {@code watchMilliseconds}, {@code
   * discoverSeconds}, {@code lookSeconds}, {@code longestDelaySeconds}; all may be missing.
   */
  AccountLimits with(JsonNode own) {
    return new AccountLimits(
        Duration.ofSeconds(own.path("callSeconds").asLong(call.toSeconds())),
        own.path("parallelCalls").asInt(parallel),
        own.path("waitingCalls").asInt(waiting),
        own.path("callsPerSecond").asInt(perSecond),
        Duration.ofMillis(own.path("watchMilliseconds").asLong(watch.toMillis())),
        Duration.ofSeconds(own.path("discoverSeconds").asLong(discover.toSeconds())),
        Duration.ofSeconds(own.path("lookSeconds").asLong(look.toSeconds())),
        Duration.ofSeconds(own.path("longestDelaySeconds").asLong(longestDelay.toSeconds())));
  }
}
