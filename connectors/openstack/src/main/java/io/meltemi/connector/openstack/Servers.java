package io.meltemi.connector.openstack;

import com.google.common.collect.ImmutableMultimap;
import com.google.common.collect.Multimap;
import io.meltemi.connector.Handle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jclouds.openstack.v2_0.options.PaginationOptions;

/** The project's servers. */
final class Servers {
  /** What nova gives by default; it may be set to give less. */
  private static final int PAGE = 1000;

  private final Nova nova;
  private final int page;

  Servers(Nova nova) {
    this(nova, PAGE);
  }

  Servers(Nova nova, int page) {
    this.nova = nova;
    this.page = page;
  }

  /** Of those that are wanted, the ones which are gone left out. */
  List<NovaServer> those(Predicate<NovaServer> wanted) {
    return pages(
        ImmutableMultimap.of(), server -> wanted.test(server) && States.of(server).isPresent());
  }

  /** Those which changed then or later, those which are gone included. */
  List<NovaServer> changedSince(Instant time) {
    return pages(ImmutableMultimap.of("changes-since", time.toString()), server -> true);
  }

  private List<NovaServer> pages(Multimap<String, String> filter, Predicate<NovaServer> wanted) {
    return Pages.those(
        "servers",
        NovaServer::id,
        wanted,
        last -> {
          NovaServer.Page read = nova.gaps().servers(nova.region(), after(last, filter));
          return new Pages.Part<>(read.servers(), read.goesOn(page));
        });
  }

  private PaginationOptions after(Optional<String> last, Multimap<String, String> filter) {
    PaginationOptions options = new PaginationOptions().queryParameters(filter).limit(page);
    return last.map(options::marker).orElse(options);
  }

  Optional<NovaServer> one(Handle machine) {
    return Optional.ofNullable(nova.gaps().server(nova.region(), machine.value()));
  }
}
