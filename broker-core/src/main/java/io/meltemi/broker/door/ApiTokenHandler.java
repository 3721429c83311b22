package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Reply;
import io.meltemi.broker.identity.ApiTokens;
import io.meltemi.broker.store.Row;
import java.time.Duration;
import java.time.Instant;

/** API tokens: made for oneself, shown once, revoked by deleting them. */
final class ApiTokenHandler extends StoredHandler {
  private static final Duration USUAL_LIFE = Duration.ofDays(90);

  private final ApiTokens tokens;

  ApiTokenHandler(Tools tools, ApiTokens tokens) {
    super(tools);
    this.tokens = tokens;
  }

  /**
   * Seen by whose it is, by administrators of its tenant, who end those of people that leave, and
   * by those who run the house.
   */
  static final class TokenLook implements Look {
    @Override
    public boolean hides(Caller caller) {
      return !caller.operator();
    }

    @Override
    public boolean seen(Caller caller, Row row) {
      return caller.operator()
          || administered(caller, row)
          || caller.user().equals(row.document().path("user").path("href").asText());
    }
  }

  /** A token for the work of the house is not the tenant's business. */
  private static boolean administered(Caller caller, Row row) {
    return caller.role() == Caller.Role.ADMIN
        && caller.tenant().equals(row.tenant())
        && !row.document().path("operator").asBoolean();
  }

  @Override
  public Reply create(Request request, Place place, ObjectNode body) {
    mayAdd(request, place);
    ObjectNode document = document(request, place.kind(), body);
    Caller caller = request.caller();
    Caller.Role role =
        document.hasNonNull("role")
            ? Caller.Role.valueOf(document.path("role").asText())
            : caller.role();
    Instant expires =
        document.hasNonNull("expires")
            ? Instant.parse(document.path("expires").asText())
            : usualEnd(caller);
    ApiTokens.Issued issued =
        tokens.issue(
            caller,
            document.path("name").asText(""),
            role,
            document.path("operator").asBoolean(),
            expires);
    return storeOnce(request, place, issued.row(), issued.text());
  }

  private Instant usualEnd(Caller caller) {
    Instant usual = tools().desk().now().plus(USUAL_LIFE);
    Instant latest = tokens.latest(caller);
    return usual.isBefore(latest) ? usual : latest;
  }
}
