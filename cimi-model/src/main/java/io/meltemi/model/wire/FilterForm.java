package io.meltemi.model.wire;

import io.meltemi.model.query.Filter;
import io.meltemi.model.query.Filter.Comparison;
import io.meltemi.model.query.Filter.Operator;
import io.meltemi.model.query.Filter.Value;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings what a filter compares with from the words of a face into the form inside, as it is done
 * with bodies: links become paths, the URI of an action its name, and a value that stands for
 * others in this face means them too. So a consumer may filter by what was shown.
 *
 * @param attributes those of the items, by name
 * @param base beginning of our links, without a slash at the end
 */
record FilterForm(Map<String, Attribute> attributes, String base) {
  static FilterForm of(ResourceKind kind, View view) {
    return new FilterForm(kind.attributes(view.face()), view.base());
  }

  Filter inside(Filter filter) {
    if (filter instanceof Filter.And and) {
      return new Filter.And(inside(and.left()), inside(and.right()));
    }
    if (filter instanceof Filter.Or or) {
      return new Filter.Or(inside(or.left()), inside(or.right()));
    }
    return filter instanceof Comparison asked && asked.value() instanceof Value.Text text
        ? inside(asked, text.text())
        : filter;
  }

  private Filter inside(Comparison asked, String text) {
    Attribute attribute = attributes.get(asked.attribute());
    if (asked.attribute().equals("id") || isLink(attribute)) {
      return with(asked, path(asked.attribute(), text));
    }
    return attribute == null ? asked : standingFor(attribute, asked, text);
  }

  private static boolean isLink(@Nullable Attribute attribute) {
    return attribute != null
        && (attribute.type() instanceof Type.Ref || attribute.type() instanceof Type.Uri);
  }

  private static Comparison with(Comparison asked, String text) {
    return new Comparison(asked.attribute(), asked.operator(), new Value.Text(text));
  }

  private String path(String name, String text) {
    for (Face face : Face.values()) {
      String door = base + face.path();
      String action = face.actionUri("");
      if (text.startsWith(door)) {
        return text.substring(door.length());
      }
      if (name.equals("action") && text.startsWith(action)) {
        return text.substring(action.length());
      }
    }
    return text;
  }

  /** For instance a machine that is FAILED, which 1.x shows as ERROR. */
  private static Filter standingFor(Attribute attribute, Comparison asked, String text) {
    Filter all = asked;
    for (Map.Entry<String, String> each : attribute.shape().shownAs().entrySet()) {
      if (each.getValue().equals(text)) {
        Comparison other = with(asked, each.getKey());
        all =
            asked.operator() == Operator.DIFFERENT
                ? new Filter.And(all, other)
                : new Filter.Or(all, other);
      }
    }
    return all;
  }
}
