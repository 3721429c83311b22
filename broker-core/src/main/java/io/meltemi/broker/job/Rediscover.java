package io.meltemi.broker.job;

import io.meltemi.broker.account.Account;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Inventory;
import java.time.Duration;
import java.util.Optional;

/** Asks an account what it has. What hinders ends the job: the next round asks again anyway. */
final class Rediscover implements Step {
  static final String NAME = "discover";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "asks the provider what it has";
  }

  @Override
  public int progress() {
    return 10;
  }

  @Override
  public Duration limit(Work work) {
    return work.limits().ask();
  }

  @Override
  public Next run(Work work) {
    Optional<Account> account = work.tools().accounts().find(work.task().queue());
    if (account.isEmpty()) return failed(work, ReturnCode.LOST, "the account is gone");
    Inventory found = work.tools().discovery().ask(account.get());
    return work.end(
        JobState.SUCCESS,
        JobRows.GOOD,
        "found %d places, %d sizes, %d images (%s)"
            .formatted(
                found.places().size(), found.sizes().size(), found.images().size(), found.source()),
        Next.nothing());
  }

  @Override
  public Next fault(Work work, ConnectorException fault) {
    return failed(work, ReturnCode.of(fault.fault()), fault.reason());
  }

  @Override
  public Next expired(Work work) {
    return failed(work, ReturnCode.EXPIRED, "the provider did not answer in time");
  }

  @Override
  public Next stop(Work work) {
    return work.end(JobState.STOPPED, JobRows.GOOD, "stopped", Next.nothing());
  }

  private static Next failed(Work work, int code, String reason) {
    return work.end(JobState.FAILED, code, reason, Next.nothing());
  }
}
