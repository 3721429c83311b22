package io.meltemi.broker.door;

import io.meltemi.broker.Reply;
import io.meltemi.broker.identity.Secrets;
import io.meltemi.broker.store.Change;
import io.meltemi.broker.store.StaleException;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.StoreException;
import io.meltemi.broker.store.Transaction;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Books what a request changes, once: change, remembered answer and claim are one transaction (row
 * Q7). A refusal is not remembered: nothing happened, and the same key may try again.
 */
final class Books {
  private static final Logger LOG = LoggerFactory.getLogger(Books.class);
  private static final int TRIES = 5;

  private final Store store;
  private final Clock clock;
  private final Duration keyLife;
  private final Views views;
  private final Answers answers;

  /**
   * @param keyLife how long an answer is remembered for its idempotency key
   */
  Books(Desk desk, Duration keyLife, Views views, Secrets secrets) {
    this.store = desk.store();
    this.clock = desk.clock();
    this.keyLife = keyLife;
    this.views = views;
    this.answers = new Answers(desk.kinds(), secrets);
  }

  /** The answer that was given before to this key; empty for a new key and without one. */
  Optional<Reply> before(Request request) {
    if (request.intent().idempotencyKey().isEmpty()) {
      return Optional.empty();
    }
    try {
      return store.write(scope(request), transaction -> remembered(transaction, request));
    } catch (StoreException e) {
      throw failed(request, e);
    }
  }

  /**
   * Books a change. Those who run the house may change its rows, and rows of others that refer to
   * them; everybody else only rows of the tenant.
   */
  Reply write(Request request, Change<Outcome> change) {
    return write(request, scope(request), change);
  }

  /** Books a change of a row of the house which this caller may change all the same. */
  Reply writeHouse(Request request, Change<Outcome> change) {
    return write(request, Store.EVERYBODY, change);
  }

  private Reply write(Request request, String scope, Change<Outcome> change) {
    for (int attempt = 1; ; attempt++) {
      try {
        return store.write(scope, transaction -> once(transaction, request, change));
      } catch (StaleException e) {
        if (attempt == TRIES) {
          throw Refusals.conflict();
        }
      } catch (StoreException e) {
        throw failed(request, e);
      }
    }
  }

  private static ProblemException failed(Request request, StoreException cause) {
    LOG.error("the store failed at request {}", request.intent().request(), cause);
    return Refusals.store();
  }

  private static String scope(Request request) {
    return request.caller().operator() ? Store.EVERYBODY : request.tenant();
  }

  private Reply once(Transaction transaction, Request request, Change<Outcome> change) {
    Optional<Reply> before = remembered(transaction, request);
    if (before.isPresent()) {
      return before.get();
    }
    Outcome outcome = change.run(transaction);
    Reply reply = reply(request, outcome, outcome.resource());
    remember(transaction, request, outcome);
    outcome.claims().forEach(claim -> take(transaction, claim));
    return reply;
  }

  private Reply reply(Request request, Outcome outcome, Optional<Resource> resource) {
    return new Reply(
        resource,
        outcome.job().map(row -> views.of(request.caller(), row)),
        outcome.accepted(),
        outcome.created(),
        false);
  }

  private Optional<Reply> remembered(Transaction transaction, Request request) {
    if (request.intent().idempotencyKey().isEmpty()) {
      return Optional.empty();
    }
    return transaction
        .remembered(request.key())
        .map(before -> {
          if (!before.digest().equals(request.intent().digest())) {
            throw Refusals.reused(request.intent().idempotencyKey().orElse(""));
          }
          return answers.read(before.answer());
        });
  }

  private void remember(Transaction transaction, Request request, Outcome outcome) {
    if (request.intent().idempotencyKey().isEmpty()) {
      return;
    }
    Optional<Resource> kept = outcome.kept().or(outcome::resource);
    String answer = answers.write(reply(request, outcome, kept));
    boolean first =
        transaction.remember(
            request.key(), request.intent().digest(), answer, clock.instant().plus(keyLife));
    if (!first) {
      throw new StaleException("the key was taken by a request of the same moment");
    }
  }

  private static void take(Transaction transaction, Outcome.Claim claim) {
    if (!transaction.claim(claim.budget(), claim.holder(), claim.amount(), claim.limit())) {
      throw Problem.of(
              409,
              "quota.exceeded",
              "The tenant's quota has no room for this order: " + Quota.told(claim) + ".",
              "Delete what is not needed any more, or ask an operator for a larger quota.")
          .asException();
    }
  }
}
