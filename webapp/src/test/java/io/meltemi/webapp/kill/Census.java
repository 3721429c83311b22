package io.meltemi.webapp.kill;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What stands at the provider and what stands in the store at about the same moment.
 *
 * @param jobs that have not ended
 */
record Census(
    List<Place.Thing> provided,
    List<Api.Item> stored,
    List<String> providedImages,
    List<Api.Item> storedImages,
    int jobs) {

  /** When there is no need to look closer. */
  static final Census BUSY = new Census(List.of(), List.of(), List.of(), List.of(), 1);

  static Census of(Place place, Api api) {
    List<Place.Thing> provided = place.things();
    List<String> images = place.images();
    return new Census(
        provided,
        Stream.of(api.machines(), api.volumes(), api.networks(), api.addresses())
            .flatMap(List::stream)
            .toList(),
        images,
        Stream.concat(api.images().stream(), api.snapshots().stream())
            .filter(image -> Wishes.isOurs(image.name()))
            .toList(),
        api.jobs());
  }

  /** Nothing is under way and both sides agree. */
  boolean settled() {
    return moving().isEmpty()
        && jobs == 0
        && twice().isEmpty()
        && lost().isEmpty()
        && left().isEmpty();
  }

  /** What is in a state that should end by itself. */
  List<String> moving() {
    return items().filter(Api.Item::moving).map(item -> item.name() + " " + item.state()).toList();
  }

  /** Things and images of which there is more than one. */
  List<String> twice() {
    List<String> twice = repeated(providedNames());
    twice.addAll(repeated(items().map(Api.Item::name).toList()));
    return twice;
  }

  /** Things that were made for the same intention: not for a moment may there be two. */
  static List<String> twins(List<Place.Thing> provided) {
    return repeated(provided.stream().map(it -> it.name() + " of " + it.token()).toList());
  }

  /**
   * What the store says is there and is not, or is otherwise. What is told to be in error is told.
   */
  List<String> lost() {
    return items()
        .filter(item -> !item.moving() && !item.state().equals("ERROR"))
        .filter(item -> !stands(item))
        .map(item -> item.name() + " " + item.state())
        .toList();
  }

  private boolean stands(Api.Item item) {
    return item.state().equals("AVAILABLE")
        ? providedImages.contains(item.name())
        : provided.stream()
            .anyMatch(it -> it.name().equals(item.name()) && it.state().equals(item.state()));
  }

  /** What stands at the provider and nobody in the store knows of. */
  List<String> left() {
    Set<String> known = new HashSet<>(items().map(Api.Item::name).toList());
    return providedNames().stream().filter(name -> !known.contains(name)).toList();
  }

  /** The machine, volume or network of this name. */
  Optional<Api.Item> thing(String name) {
    return stored.stream().filter(item -> item.name().equals(name)).findFirst();
  }

  Optional<Api.Item> image(String name) {
    return storedImages.stream().filter(item -> item.name().equals(name)).findFirst();
  }

  private Stream<Api.Item> items() {
    return Stream.concat(stored.stream(), storedImages.stream());
  }

  private List<String> providedNames() {
    return Stream.concat(provided.stream().map(Place.Thing::name), providedImages.stream())
        .toList();
  }

  private static List<String> repeated(List<String> names) {
    Set<String> seen = new HashSet<>();
    return new ArrayList<>(names.stream().filter(name -> !seen.add(name)).toList());
  }
}
