package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.Type;
import java.util.List;
import java.util.Optional;

/** What goes with a resource that is deleted: its children, and references to it (R63). */
final class References {
  private final Desk desk;

  References(Desk desk) {
    this.desk = desk;
  }

  /** Deletes the row with everything below it and blanks what refers to it. */
  void removed(Transaction transaction, ResourceKind kind, Row row) {
    for (ResourceKind child : desk.kinds().all()) {
      if (child.parent().equals(Optional.of(kind.name()))) {
        transaction
            .children(row.id(), child.name())
            .forEach(below -> removed(transaction, child, below));
      }
    }
    transaction.delete(row);
    for (ResourceKind other : desk.kinds().all()) {
      List<String> names = referring(other, kind);
      if (!names.isEmpty()) {
        blank(transaction, row, other, names);
      }
    }
  }

  /** Attributes of a kind which refer to one resource of another. */
  private static List<String> referring(ResourceKind kind, ResourceKind target) {
    return kind.attributes().stream()
        .filter(each -> each.type() instanceof Type.Ref ref && ref.target().equals(target.name()))
        .map(Attribute::name)
        .distinct()
        .toList();
  }

  private void blank(
      Transaction transaction, Row target, ResourceKind kind, List<String> attributes) {
    for (Row known : candidates(target, kind)) {
      if (attributes.stream().anyMatch(name -> refers(known.document().path(name), target))) {
        transaction
            .find(known.id())
            .ifPresent(row -> blanked(transaction, row, target, attributes));
      }
    }
  }

  /** A tenant's row is seen, and thus referred to, by rows of that tenant only. */
  private List<Row> candidates(Row target, ResourceKind kind) {
    return desk.store().all(kind.name()).stream()
        .filter(row -> target.tenant().equals(Row.HOUSE) || row.tenant().equals(target.tenant()))
        .toList();
  }

  private static void blanked(
      Transaction transaction, Row row, Row target, List<String> attributes) {
    ObjectNode document = row.document().deepCopy();
    attributes.stream()
        .filter(name -> refers(document.path(name), target))
        .forEach(document::remove);
    transaction.update(row.withDocument(document));
  }

  private static boolean refers(JsonNode value, Row target) {
    return value.path("href").asText().equals(target.id());
  }
}
