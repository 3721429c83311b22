package io.meltemi.model.query;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which attributes are wanted ({@code $select}, R75 and R76) or inlined ({@code $expand}, R77).
 *
 * @param all everything; the names then say nothing
 * @param names attribute names as the consumer wrote them
 */
public record Selection(boolean all, Set<String> names) {
  public static final Selection ALL = new Selection(true, Set.of());
  public static final Selection NONE = new Selection(false, Set.of());

  public Selection {
    names = Set.copyOf(names);
  }

  /**
   * What {@code $select} says.
   *
   * @param parameters values of the parameter, of which each may be a list; none selects everything
   */
  public static Selection select(List<String> parameters) {
    Set<String> names = names(parameters);
    return names.isEmpty() || names.contains("*") ? ALL : new Selection(false, names);
  }

  /**
   * What {@code $expand} says.
   *
   * @param parameters values of the parameter; none expands nothing, an empty one everything
   */
  public static Selection expand(List<String> parameters) {
    if (parameters.isEmpty()) {
      return NONE;
    }
    Set<String> names = names(parameters);
    return names.isEmpty() || names.contains("*") ? ALL : new Selection(false, names);
  }

  public boolean has(String name) {
    return all || names.contains(name);
  }

  public boolean isEmpty() {
    return !all && names.isEmpty();
  }

  private static Set<String> names(List<String> parameters) {
    return parameters.stream()
        .flatMap(each -> Arrays.stream(each.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
