package io.meltemi.model.wire;

import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attribute as one face writes and reads it, with everything worked out that does not depend on
 * a value.
 *
 * @param wrapped XML puts the items of a list or map into an element named like the attribute
 * @param extension stands in the broker's namespace
 * @param leaves its target may be served in another face than this one
 * @param fields sub-attributes, of a struct or of the structs in a list
 * @param names of the fields
 * @param known names that a body may hold: those of the fields, and of what is spread among them
 */
record Slot(
    Attribute attribute,
    String name,
    SerializedString json,
    Type type,
    boolean wrapped,
    boolean extension,
    boolean leaves,
    List<Slot> fields,
    Names names,
    Names known) {

  static Slot of(Attribute attribute, Face face, Kinds kinds) {
    return of(attribute, face, attribute.extension().isPresent(), kinds);
  }

  private static Slot of(Attribute attribute, Face face, boolean foreign, Kinds kinds) {
    boolean extension = foreign && face != Face.BROKER_1;
    Type type = attribute.type();
    List<Slot> fields =
        fieldsOf(type).stream()
            .filter(field -> field.faces().contains(face))
            .map(field -> of(field, face, foreign, kinds))
            .toList();
    Names names = Names.of(fields);
    return new Slot(
        attribute,
        attribute.name(),
        new SerializedString(attribute.name()),
        type,
        (extension || face != Face.CIMI_1) && !bare(attribute.name(), type),
        extension,
        leaves(type, face, kinds),
        fields,
        names,
        names.and(spread(fields, face, kinds)));
  }

  /** What stands beside the fields of a struct because a reference is spread in it. */
  private static List<Slot> spread(List<Slot> fields, Face face, Kinds kinds) {
    return fields.stream()
        .filter(field -> field.attribute().shape().spread())
        .flatMap(field -> kinds.find(((Type.Ref) field.type()).target()).stream())
        .flatMap(kind -> kind.attributes(face).values().stream())
        .map(attribute -> of(attribute, face, kinds))
        .toList();
  }

  /** References need no wrapper, nor do items which are called like the attribute. */
  private static boolean bare(String name, Type type) {
    return type instanceof Type.Listing listing
        && (listing.item() instanceof Type.Ref || listing.itemName().equals(name));
  }

  private static boolean leaves(Type type, Face face, Kinds kinds) {
    if (type instanceof Type.Listing listing) {
      return leaves(listing.item(), face, kinds);
    }
    String target =
        type instanceof Type.Ref ref
            ? ref.target()
            : type instanceof Type.Members m ? m.item() : "";
    return target.equals("any")
        || kinds.find(target).map(kind -> !kind.faces().contains(face)).orElse(false);
  }

  private static List<Attribute> fieldsOf(Type type) {
    if (type instanceof Type.Listing listing) {
      return fieldsOf(listing.item());
    }
    return type instanceof Type.Struct struct ? struct.fields() : List.of();
  }

  /** True when there is nothing to show: no value, an empty one (R19), or a secret. */
  boolean hides(@Nullable JsonNode value) {
    if (value == null || value instanceof NullNode || attribute.secret()) {
      return true;
    }
    return value instanceof TextNode text
        ? text.textValue().isEmpty()
        : value instanceof ContainerNode<?> several && several.isEmpty();
  }

  /** The value in a struct, or what is shown when it has none; null when that is nothing. */
  @Nullable JsonNode in(JsonNode struct) {
    JsonNode value = struct.get(name);
    if (!hides(value)) {
      return value;
    }
    String otherwise = attribute.shape().otherwise();
    return otherwise.isEmpty() ? null : TextNode.valueOf(otherwise);
  }

  /** The text of a value: what a face does not know is replaced by what it knows. */
  String shown(JsonNode value) {
    String text = value.asText();
    return attribute.shape().shownAs().isEmpty()
        ? text
        : attribute.shape().shownAs().getOrDefault(text, text);
  }

  /** True for numbers, texts and their like: what can stand in an XML attribute. */
  boolean simple() {
    return simple(type);
  }

  static boolean simple(Type type) {
    return type instanceof Type.Text
        || type instanceof Type.Whole
        || type instanceof Type.Bool
        || type instanceof Type.Time
        || type instanceof Type.Span
        || type instanceof Type.Uri
        || type instanceof Type.Hex;
  }

  /** True for a path of ours that has to be made absolute: a URI without a scheme. */
  static boolean isPath(Type type, String text) {
    return type instanceof Type.Uri && text.indexOf(':') < 0;
  }
}
