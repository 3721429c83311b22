package io.meltemi.broker.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.identity.ApiTokens;
import io.meltemi.broker.store.Event;
import java.time.Instant;

/**
 * Something that happened.
 *
 * @param position grows in commit order
 * @param type for instance {@code created}, {@code state}, {@code deleted}
 * @param resource path of the resource concerned
 * @param kind name of its kind
 * @param content what there is to tell
 */
public record Happening(
    long position, String type, String resource, String kind, Instant time, ObjectNode content) {

  /** Tokens are their users' own: of them only those who run the house hear. */
  public static boolean isFor(Caller caller, Event event) {
    return caller.operator() || !event.kind().equals(ApiTokens.KIND);
  }

  static Happening of(Event event) {
    return new Happening(
        event.position(),
        event.type(),
        event.resource(),
        event.kind(),
        event.time(),
        event.content());
  }
}
