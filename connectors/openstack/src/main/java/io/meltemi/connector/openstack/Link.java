package io.meltemi.connector.openstack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A link that comes with a part of a list. */
record Link(@Nullable String rel) {
  /** True when they lead to a further part. */
  static boolean onward(@Nullable List<Link> links) {
    return links != null && links.stream().anyMatch(link -> "next".equals(link.rel()));
  }
}
