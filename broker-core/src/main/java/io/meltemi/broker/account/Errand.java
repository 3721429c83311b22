package io.meltemi.broker.account;

import java.util.function.Supplier;

/**
 * Who may wait for an account's provider: the broker's own work, and the few questions that only a
 * provider answers. A thread on no errand is refused at the {@link Gate}, for requests are answered
 * from the store.
 */
public final class Errand {
  private static final ScopedValue<Boolean> UNDER_WAY = ScopedValue.newInstance();

  private Errand() {}

  /** Does, on this thread, what asks providers. */
  public static void run(Runnable work) {
    ScopedValue.where(UNDER_WAY, true).run(work);
  }

  /** The same, with an answer. */
  public static <T> T ask(Supplier<T> question) {
    return ScopedValue.where(UNDER_WAY, true).call(question::get);
  }

  /**
   * @throws IllegalStateException on a thread on no errand, since that is a mistake of ours
   */
  static void required(String what, String account) {
    if (UNDER_WAY.isBound()) return;
    throw new IllegalStateException(
        what
            + " at account "
            + account
            + " on no errand: requests are answered from the store and wait for no provider");
  }
}
