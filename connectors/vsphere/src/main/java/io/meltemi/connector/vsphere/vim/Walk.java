package io.meltemi.connector.vsphere.vim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which objects are looked at, and what of them: where a walk begins, which ways it takes from
 * there, and which properties it notes of each type that it meets.
 *
 * @param starts looked at themselves too
 */
public record Walk(List<Ref> starts, List<Step> steps, List<Note> notes) {

  /**
   * A way from an object to others.
   *
   * @param type of objects that it starts from, a base type for instance
   * @param path property that holds references
   * @param next steps taken from what it reaches
   * @param again true when the step itself is taken again from there, as in folders within folders
   */
  public record Step(String type, String path, List<Step> next, boolean again) {
    public Step {
      next = List.copyOf(next);
    }

    public Step(String type, String path, Step... next) {
      this(type, path, List.of(next), false);
    }

    /** Through folders of folders; {@code next} from what is met in them. */
    public static Step down(Step... next) {
      return new Step("Folder", "childEntity", List.of(next), true);
    }
  }

  /** Properties of objects of a type, which includes the types derived from it. */
  public record Note(String type, List<String> paths) {}

  public Walk {
    starts = List.copyOf(starts);
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }

  public static Walk from(Ref start, Step... steps) {
    return new Walk(List.of(start), List.of(steps), List.of());
  }

  /** The objects themselves and no way from them. */
  public static Walk over(List<Ref> objects) {
    return new Walk(objects, List.of(), List.of());
  }

  public Walk note(String type, String... paths) {
    Note note = new Note(type, List.of(paths));
    return new Walk(starts, steps, Stream.concat(notes.stream(), Stream.of(note)).toList());
  }

  /** The walk as a {@code PropertyFilterSpec}. */
  Element filter(String name) {
    List<Element> parts = new ArrayList<>();
    for (Note note : notes) {
      List<Element> of = new ArrayList<>(List.of(Element.of("type", note.type())));
      note.paths().forEach(path -> of.add(Element.of("pathSet", path)));
      parts.add(Element.of("propSet", of));
    }
    List<Element> ways = ways(steps, "way");
    for (Ref start : starts) {
      parts.add(
          Element.of(
              "objectSet",
              Stream.concat(Stream.of(Element.of("obj", start)), ways.stream()).toList()));
    }
    return Element.of(name, parts);
  }

  private static List<Element> ways(List<Step> steps, String prefix) {
    List<Element> ways = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      ways.add(way(steps.get(i), prefix + i));
    }
    return ways;
  }

  private static Element way(Step step, String name) {
    List<Element> parts = new ArrayList<>();
    parts.add(Element.of("name", name));
    parts.add(Element.of("type", step.type()));
    parts.add(Element.of("path", step.path()));
    if (step.again()) {
      parts.add(Element.of("selectSet", Element.of("name", name)));
    }
    parts.addAll(ways(step.next(), name + "."));
    return Element.of("selectSet", parts).as("TraversalSpec");
  }
}
