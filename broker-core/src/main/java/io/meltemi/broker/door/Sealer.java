package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.identity.Secrets;
import io.meltemi.broker.store.Row;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.ResourceKind;
import java.util.Optional;

/** Takes attributes that are declared secret or sealed out of documents and keeps them sealed. */
final class Sealer {
  private static final String PLACE = "secrets";

  private final Secrets secrets;

  Sealer(Secrets secrets) {
    this.secrets = secrets;
  }

  /** The row with nothing secret in the open. */
  Row sealed(ResourceKind kind, Row row) {
    Row sealed = row;
    for (Attribute attribute : kind.attributes()) {
      if (attribute.sealed() && sealed.document().hasNonNull(attribute.name())) {
        sealed = with(sealed, attribute.name(), sealed.document().path(attribute.name()).asText());
      }
    }
    return sealed;
  }

  /** The row with one secret sealed, and not in its document. */
  Row with(Row row, String name, String plain) {
    ObjectNode document = row.document().deepCopy();
    document.remove(name);
    ObjectNode inner = row.inner().deepCopy();
    inner.withObject("/" + PLACE).put(name, secrets.seal(purpose(row, name), plain));
    return row.withDocument(document).withInner(inner);
  }

  /** Puts what is sealed and may be shown back among the attributes. */
  void show(ResourceKind kind, Row row, ObjectNode attributes) {
    for (Attribute attribute : kind.attributes()) {
      if (attribute.sealed() && !attribute.secret()) {
        open(row, attribute.name()).ifPresent(plain -> attributes.put(attribute.name(), plain));
      }
    }
  }

  Optional<String> open(Row row, String name) {
    return Optional.ofNullable(row.inner().path(PLACE).path(name).textValue())
        .map(sealed -> secrets.open(purpose(row, name), sealed));
  }

  /** Forgets a secret of a document that is being changed. */
  static void forget(ObjectNode document, String name) {
    if (document.path("_").path(PLACE) instanceof ObjectNode sealed) {
      sealed.remove(name);
    }
  }

  private static String purpose(Row row, String name) {
    return row.id() + "/" + name;
  }
}
