package io.meltemi.connector.openstack;

import com.google.common.collect.ImmutableMultimap;
import com.google.common.collect.Multimap;
import io.meltemi.connector.Handle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  /** Those which are gone left out. */
  List<NovaServer> all() {
    return pages(ImmutableMultimap.of()).stream()
        .filter(server -> States.of(server).isPresent())
        .toList();
  }

  /** Those which changed then or later, those which are gone included. */
  List<NovaServer> changedSince(Instant time) {
    return pages(ImmutableMultimap.of("changes-since", time.toString()));
  }

  private List<NovaServer> pages(Multimap<String, String> filter) {
    return Pages.all(
        "servers",
        NovaServer::id,
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
