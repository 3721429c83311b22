package io.meltemi.broker.job;

import java.time.Duration;

/**
 * How long things may take and how much is done at once.
 *
 * @param ask tries to reach a provider for one order or action
 * @param build from the provider's yes until it shows the machine up
 * @param act from the provider's yes until the action's end shows
 * @param capture from the provider's yes until the image can be booted
 * @param remove until the provider confirms that something is gone
 * @param job a whole creation, all offers included, or a whole action
 * @param firstPause first pause after a failure that may pass; doubles with every further one
 * @param longestPause longest pause between two tries
 * @param lanes tasks of one account worked on at once, at least; as many as it bears calls at once
 *     where these are more
 * @param hold claim of a worker on its task; prolonged while it works
 */
public record JobLimits(
    Duration ask,
    Duration build,
    Duration act,
    Duration capture,
    Duration remove,
    Duration job,
    Duration firstPause,
    Duration longestPause,
    int lanes,
    Duration hold) {

  public static final JobLimits STANDARD =
      new JobLimits(
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(3),
          Duration.ofMinutes(30),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          16,
          Duration.ofSeconds(10));
}
