package io.meltemi.connector.vsphere.vim;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Walks once and reads page by page. */
final class Properties {
  private static final int PAGE = 250;
  private static final int MOST_PAGES = 400;

  private final Session session;

  Properties(Session session) {
    this.session = session;
  }

  List<Facts> read(Walk walk) {
    if (walk.starts().isEmpty()) {
      return List.of();
    }
    Ref collector = session.live().manager("propertyCollector");
    Map<Ref, Facts> all = new LinkedHashMap<>();
    Element answer =
        session.ask(
            collector,
            "RetrievePropertiesEx",
            walk.filter("specSet"),
            Element.of("options", Element.of("maxObjects", PAGE)));
    Optional<String> more = take(answer, all);
    for (int page = 1; more.isPresent(); page++) {
      if (page == MOST_PAGES) {
        throw new ConnectorException(
            Fault.TRANSIENT, "the vCenter shows more than %d objects".formatted(PAGE * MOST_PAGES));
      }
      more =
          take(
              session.ask(
                  collector, "ContinueRetrievePropertiesEx", Element.of("token", more.get())),
              all);
    }
    return List.copyOf(all.values());
  }

  /** Puts a page away and tells the token of the next. */
  private static Optional<String> take(Element answer, Map<Ref, Facts> all) {
    Optional<Element> page = answer.child("returnval");
    page.ifPresent(result ->
        result
            .all("objects")
            .map(object -> facts(object, "propSet"))
            .forEach(facts -> all.putIfAbsent(facts.ref(), facts)));
    return page.map(result -> result.text("token")).filter(token -> !token.isEmpty());
  }

  /**
   * An object with its properties.
   *
   * @param list the name of the list of properties, which differs
   */
  static Facts facts(Element object, String list) {
    return new Facts(
        object.need("obj").ref(),
        object
            .all(list)
            .filter(property -> property.child("val").isPresent())
            .collect(
                Collectors.toMap(
                    property -> property.text("name"),
                    property -> property.need("val"),
                    (first, last) -> last)));
  }
}
