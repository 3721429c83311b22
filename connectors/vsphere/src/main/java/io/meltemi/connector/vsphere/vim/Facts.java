package io.meltemi.connector.vsphere.vim;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Properties of one object, as they were asked for; what the vCenter does not tell is missing. */
public record Facts(Ref ref, Map<String, Element> properties) {
  public Facts {
    properties = Map.copyOf(properties);
  }

  public Optional<Element> get(String path) {
    return Optional.ofNullable(properties.get(path));
  }

  /** Empty when missing. */
  public String text(String path) {
    return get(path).map(Element::text).orElse("");
  }

  /** 0 when missing. */
  public long number(String path) {
    return get(path).filter(value -> !value.text().isEmpty()).map(Element::number).orElse(0L);
  }

  public boolean flag(String path) {
    return get(path).filter(Element::flag).isPresent();
  }

  /** The elements of an array. */
  public List<Element> list(String path) {
    return get(path).map(Element::children).orElse(List.of());
  }

  public List<Ref> refs(String path) {
    return list(path).stream().map(Element::ref).toList();
  }
}
