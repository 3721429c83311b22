package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Reply;
import io.meltemi.broker.node.JoinTokens;
import io.meltemi.broker.store.Row;
import java.time.Duration;
import java.time.Instant;

/**
 * Tokens with which nodes join: made by those who run the house, shown once, withdrawn by deleting.
 */
final class JoinTokenHandler extends StoredHandler {
  private static final Duration USUAL_LIFE = Duration.ofHours(24);

  private final JoinTokens tokens;

  JoinTokenHandler(Tools tools, JoinTokens tokens) {
    super(tools);
    this.tokens = tokens;
  }

  /** Seen by those who run the house. */
  static final class JoinTokenLook implements Look {
    @Override
    public boolean hides(Caller caller) {
      return !caller.operator();
    }

    @Override
    public boolean seen(Caller caller, Row row) {
      return caller.operator();
    }
  }

  @Override
  public Reply create(Request request, Place place, ObjectNode body) {
    mayAdd(request, place);
    ObjectNode document = document(request, place.kind(), body);
    Instant expires =
        document.hasNonNull("expires")
            ? Instant.parse(document.path("expires").asText())
            : tools().desk().now().plus(USUAL_LIFE);
    JoinTokens.Made made = tokens.make(document.path("name").asText(""), expires);
    return storeOnce(request, place, made.row(), made.token());
  }
}
