package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.door.Blueprints.Blueprint;
import io.meltemi.broker.store.Row;

/** Credentials: made from a template; what is wrong with a key is told at once. */
final class CredentialHandler extends StoredHandler {
  private static final String TEMPLATE = "credentialTemplate";

  private final Blueprints blueprints;

  CredentialHandler(Tools tools, Blueprints blueprints) {
    super(tools);
    this.blueprints = blueprints;
  }

  @Override
  public Reply create(Request request, Place place, ObjectNode body) {
    mayAdd(request, place);
    JsonNode given = body.path(TEMPLATE);
    Blueprint template =
        blueprints.read(
            request.caller(),
            request.intent().face(),
            tools().desk().kinds().get("CredentialTemplate"),
            given,
            TEMPLATE);
    Logins.publicKey(template.values(), TEMPLATE);
    ObjectNode own = body.deepCopy();
    own.remove(TEMPLATE);
    ObjectNode document = document(request, place.kind(), own);
    copy(place, template, given, document);
    return store(request, place, document);
  }

  private void copy(Place place, Blueprint template, JsonNode given, ObjectNode document) {
    place.kind().attributes().stream()
        .map(attribute -> attribute.name())
        .filter(name -> template.values().hasNonNull(name))
        .forEach(name -> document.set(name, template.values().get(name)));
    if (!given.has("password")) {
      template
          .row()
          .flatMap(row -> tools().sealer().open(row, "password"))
          .ifPresent(password -> document.put("password", password));
    }
  }

  @Override
  Row prepared(Request request, Place place, Row row) {
    Logins.publicKey(row.document(), "");
    return super.prepared(request, place, row);
  }
}
