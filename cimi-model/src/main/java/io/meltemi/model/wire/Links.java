package io.meltemi.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Makes links of paths.
 *
 * @param own face through which is read
 * @param asked face that was asked, whose links come first where the own has none
 * @param base beginning of all links, without a slash at the end
 * @param prefix beginning of links within the own face
 */
record Links(Kinds kinds, Face own, Face asked, String base, String prefix) {
  static Links of(Kinds kinds, View view) {
    return new Links(
        kinds, view.face(), view.asked(), view.base(), view.base() + view.face().path());
  }

  /** The link to a path that is served in the own face. */
  String near(String path) {
    return prefix + path;
  }

  /** The link to a path wherever it is served. */
  String far(String path) {
    Face home = kinds.home(path, own, asked);
    return home == own ? near(path) : base + home.path() + path;
  }

  /**
   * The URI of a path, or of what a Job did: inside that is the operation's name alone, for each
   * face has a URI of its own for it.
   */
  String uri(Slot slot, String text) {
    boolean name = slot.name().equals("action") && text.indexOf('/') < 0;
    return name ? own.actionUri(text) : far(text);
  }

  /**
   * The link that an attribute shows, or nothing: a CIMI face links into no other but from the
   * entry point's extensions; the broker's face links into CIMI 2.0.
   */
  @Nullable String of(Slot slot, String path) {
    if (!slot.leaves()) {
      return near(path);
    }
    boolean mayLeave =
        own == Face.BROKER_1 || slot.extension() || kinds.home(path, own, asked) == own;
    return mayLeave ? far(path) : null;
  }

  /**
   * The link of an attribute that follows from the resource's place and is stored nowhere: its
   * collections, its parent, and the entry point's base.
   */
  @Nullable String derived(Slot slot, Resource resource) {
    String id = resource.id();
    if (slot.type() instanceof Type.Members) {
      if (id.isEmpty()) return null; // told and not stored: nothing can be read below it
      return of(slot, id.equals(resource.kind().segment()) ? slot.name() : id + "/" + slot.name());
    }
    if (slot.name().equals("parent") && id.indexOf('/') > 0) {
      return parent(id);
    }
    return slot.name().equals("baseURI") ? prefix : null;
  }

  /** The collection that a resource is an item of, or the entry point (R29, N 20). */
  String parent(String id) {
    int last = id.lastIndexOf('/');
    boolean top = last < 0 || id.indexOf('/') == last;
    return near(top ? entryPoint() : id.substring(0, last));
  }

  /** The path of a link of the own face. */
  String path(String link) {
    return link.startsWith(prefix) ? link.substring(prefix.length()) : link;
  }

  /** A copy of free JSON in which every {@code href} that is a path has become a link. */
  ObjectNode linked(ObjectNode free) {
    ObjectNode copy = free.deepCopy();
    link(copy);
    return copy;
  }

  private void link(JsonNode node) {
    node.forEach(this::link);
    String href = node.path("href").asText();
    if (node instanceof ObjectNode object && !href.isEmpty() && !href.contains("://")) {
      object.put("href", far(href));
    }
  }

  String entryPoint() {
    return own == Face.BROKER_1 ? "entryPoint" : "cloudEntryPoint";
  }
}
