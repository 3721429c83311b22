package io.meltemi.connector.openstack;

import io.meltemi.connector.Handle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jclouds.openstack.v2_0.options.PaginationOptions;

/** The project's servers, page by page. */
final class Servers {
  private static final int PAGE = 500;

  private final Nova nova;

  Servers(Nova nova) {
    this.nova = nova;
  }

  /** Those which are gone left out. */
  List<NovaServer> all() {
    List<NovaServer> all = new ArrayList<>();
    PaginationOptions next = new PaginationOptions().limit(PAGE);
    while (true) {
      List<NovaServer> page = nova.gaps().servers(nova.region(), next);
      page.stream().filter(server -> States.of(server).isPresent()).forEach(all::add);
      if (page.size() < PAGE) {
        return all;
      }
      next = new PaginationOptions().limit(PAGE).marker(page.getLast().id());
    }
  }

  Optional<NovaServer> one(Handle machine) {
    return Optional.ofNullable(nova.gaps().server(nova.region(), machine.value()));
  }
}
