package io.meltemi.webapp.interop;

import java.util.List;
import java.util.Optional;

/** A representation as a consumer reads it, whatever its form. */
interface Seen {
  /** The type's URI. */
  String type();

  /** The text of a member; empty when it is absent. */
  String text(String member);

  /** The link of a member that refers; empty when it is absent. */
  Optional<String> link(String member);

  /** Where an operation is asked for; empty when it is not offered. */
  Optional<String> operation(String rel);

  /** Items of a collection. */
  List<Seen> items(String member, String element);
}
