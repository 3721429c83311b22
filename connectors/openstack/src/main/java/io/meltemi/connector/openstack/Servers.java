package io.meltemi.connector.openstack;

import com.google.common.collect.ImmutableMultimap;
import com.google.common.collect.Multimap;
import io.meltemi.connector.Handle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jclouds.openstack.v2_0.options.PaginationOptions;

/** The project's servers. */
final class Servers {
  /** What nova gives by default; it may be set to give less. */
  private static final int PAGE = 1000;

  private final Nova nova;
  private final Tags tags;
  private final int page;
  private final SharedLook<NovaServer> looks =
      new SharedLook<>(this::read, () -> Faults.asking(this::listed), NovaServer::id);

  Servers(Nova nova, Tags tags) {
    this(nova, tags, PAGE);
  }

  Servers(Nova nova, Tags tags, int page) {
    this.nova = nova;
    this.tags = tags;
    this.page = page;
  }

  /** Those that bear a token of the account. */
  List<NovaServer> ours() {
    return looks.all();
  }

  /** Those that no broker made. */
  List<NovaServer> foreign() {
    return list(server -> !Tags.anybodys(server.tags()));
  }

  /** Those which changed then or later, those which are gone included. */
  List<NovaServer> changedSince(Instant time) {
    return pages(ImmutableMultimap.of("changes-since", time.toString()), server -> true);
  }

  /** As it is now. */
  Optional<NovaServer> one(Handle machine) {
    return looks.at(machine.value());
  }

  private Optional<NovaServer> read(String id) {
    return Optional.ofNullable(nova.gaps().server(nova.region(), id));
  }

  private SharedLook.Listed<NovaServer> listed() {
    AtomicLong length = new AtomicLong();
    List<NovaServer> ours =
        list(server -> {
          length.incrementAndGet();
          return tags.token(server.tags()).isPresent();
        });
    return new SharedLook.Listed<>(ours, length.get());
  }

  /** Those that are gone are left out. */
  private List<NovaServer> list(Predicate<NovaServer> wanted) {
    return pages(
        ImmutableMultimap.of(), server -> wanted.test(server) && States.of(server).isPresent());
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
}
