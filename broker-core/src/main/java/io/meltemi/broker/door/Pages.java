package io.meltemi.broker.door;

import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import java.util.List;

/** Makes pages of what was found. */
final class Pages {
  private Pages() {}

  static Page of(Caller caller, Place place, long count, List<Resource> items) {
    return new Page(
        place.path(),
        place.owner().orElse("cloudEntryPoint"),
        place.kind(),
        count,
        items,
        Permits.offered(caller, place.kind()));
  }

  /** A page of resources which are derived and thus filtered and ordered here. */
  static Page of(Caller caller, Place place, List<Resource> all, Query query) {
    Sieve sieve = new Sieve(query);
    List<Resource> matching = sieve.matching(all);
    return of(caller, place, matching.size(), sieve.range(matching));
  }
}
