package io.meltemi.broker.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.meltemi.model.query.Filter;
import java.util.Collection;
import java.util.function.Predicate;

/** The values by which a row is filtered and ordered: its columns and its document as one. */
final class Attributes {
  private Attributes() {}

  static JsonNode of(Row row, String attribute) {
    return switch (attribute) {
      case "id" -> text(row.id());
      case "name" -> text(row.name());
      case "state" -> text(row.state());
      case "created" -> text(row.created().toString());
      case "updated" -> text(row.updated().toString());
      case "parent" ->
          row.parent().<JsonNode>map(TextNode::valueOf).orElse(MissingNode.getInstance());
      case "_" -> MissingNode.getInstance();
      default -> row.document().path(attribute);
    };
  }

  private static JsonNode text(String text) {
    return text.isEmpty() ? MissingNode.getInstance() : TextNode.valueOf(text);
  }

  /** True when filter and order speak of these attributes only. */
  static boolean within(Memory.Wanted wanted, Collection<String> attributes) {
    return wanted.order().stream().allMatch(each -> attributes.contains(each.attribute()))
        && wanted.filter().map(filter -> every(filter, attributes::contains)).orElse(true);
  }

  private static boolean every(Filter filter, Predicate<String> attribute) {
    return switch (filter) {
      case Filter.And and -> every(and.left(), attribute) && every(and.right(), attribute);
      case Filter.Or or -> every(or.left(), attribute) && every(or.right(), attribute);
      case Filter.Comparison comparison -> attribute.test(comparison.attribute());
      case Filter.Property property -> false;
    };
  }
}
