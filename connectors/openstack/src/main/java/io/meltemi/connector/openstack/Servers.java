package io.meltemi.connector.openstack;

import com.google.common.collect.ImmutableMultimap;
import com.google.common.collect.Multimap;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jclouds.openstack.v2_0.options.PaginationOptions;

/** The project's servers. */
final class Servers {
  /** A project has fewer; a list that goes on is one that never ends. */
  private static final int MOST = 100_000;

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
    List<NovaServer> all = new ArrayList<>();
    NovaServer.Page read = nova.gaps().servers(nova.region(), from(filter));
    all.addAll(read.servers());
    while (read.goesOn(page)) {
      if (all.size() >= MOST) {
        throw new ConnectorException(
            Fault.TRANSIENT, "nova's list of servers does not end at " + MOST);
      }
      read = nova.gaps().servers(nova.region(), from(filter).marker(all.getLast().id()));
      all.addAll(read.servers());
    }
    return all;
  }

  private PaginationOptions from(Multimap<String, String> filter) {
    return new PaginationOptions().queryParameters(filter).limit(page);
  }

  Optional<NovaServer> one(Handle machine) {
    return Optional.ofNullable(nova.gaps().server(nova.region(), machine.value()));
  }
}
