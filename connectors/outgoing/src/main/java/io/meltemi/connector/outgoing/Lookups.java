package io.meltemi.connector.outgoing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names up on threads of the system. A look-up blocks within the C library, where a virtual
 * thread keeps hold of one of the few threads that all others need too: two names whose servers are
 * silent would halt a broker on two processors. One thread for each name, however many ask.
 */
final class Lookups implements Names {
  private final Names resolver;
  private final Duration limit;
  private final Map<String, CompletableFuture<InetAddress[]>> underWay = new ConcurrentHashMap<>();

  /**
   * @param limit how long anybody waits; the look-up itself ends when the resolver ends it
   */
  Lookups(Names resolver, Duration limit) {
    this.resolver = resolver;
    this.limit = limit;
  }

  @Override
  public InetAddress[] addresses(String name) throws UnknownHostException {
    try {
      return underWay
          .computeIfAbsent(name, this::begin)
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw unknown(name, "no answer within " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw unknown(name, String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(name, "nobody waits for it any more", e);
    }
  }

  private CompletableFuture<InetAddress[]> begin(String name) {
    CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("look-up").start(() -> lookUp(name, answer));
    return answer;
  }

  private void lookUp(String name, CompletableFuture<InetAddress[]> answer) {
    try {
      answer.complete(resolver.addresses(name));
    } catch (UnknownHostException | RuntimeException e) {
      // Without what the JDK puts below it for odd spellings: callers look for such causes.
      answer.completeExceptionally(new UnknownHostException(e.getMessage()));
    } finally {
      underWay.remove(name);
    }
  }

  private static UnknownHostException unknown(String name, String why, Exception cause) {
    UnknownHostException unknown = new UnknownHostException(name + ": " + why);
    unknown.initCause(cause);
    return unknown;
  }
}
