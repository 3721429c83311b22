package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.Builds.Build;
import io.meltemi.connector.vsphere.Marks.Marked;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.VCenter.FailedClone;
import io.meltemi.connector.vsphere.vim.VCenter.Progress;
import io.meltemi.connector.vsphere.vim.VimFault;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineState;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes observations of what is seen. */
final class Observing {
  private final Clock clock;
  private final Reverts reverts;
  private final Identity identity;

  Observing(Clock clock, Reverts reverts, Identity identity) {
    this.clock = clock;
    this.reverts = reverts;
    this.identity = identity;
  }

  /** A machine that is made. */
  Observation made(Seen seen, Handle handle, Marked settings) {
    Optional<Mark> mark = settings.mark();
    return new Observation(
        handle,
        mark.map(Mark::token),
        reverts.running(handle) ? MachineState.RESTORING : seen.state(),
        seen.trouble(),
        Identity.plain(seen.name(), handle),
        Optional.of(shape(seen, mark)),
        addresses(seen),
        List.of(),
        clock.instant(),
        settings.others());
  }

  private static Amount shape(Seen seen, Optional<Mark> mark) {
    return new Amount(
        1,
        seen.vm().number("summary.config.numCpu"),
        seen.vm().number("summary.config.memorySizeMB") * 1024,
        mark.map(Mark::diskKilobytes).orElse(0L));
  }

  /** Only the tools in the guest know them; those that lead nowhere are left out. */
  private List<Observation.Address> addresses(Seen seen) {
    return seen.vm().list("guest.net").stream().flatMap(this::addresses).toList();
  }

  private Stream<Observation.Address> addresses(Element card) {
    String network = card.text("network");
    String name = PortGroups.named(network, identity).map(MarkedName::wanted).orElse(network);
    Optional<String> mac =
        card.child("macAddress")
            .map(value -> value.text().toLowerCase(Locale.ROOT))
            .filter(value -> !value.isEmpty());
    return card.all("ipAddress")
        .map(Element::text)
        .filter(ip -> !ip.isEmpty() && !ip.toLowerCase(Locale.ROOT).startsWith("fe80:"))
        .map(ip -> new Observation.Address(ip, name, mac));
  }

  /** A machine that is being cloned. */
  Observation building(Handle handle, Optional<Token> token, String name) {
    return unmade(handle, token, name, MachineState.CREATING, Optional.empty());
  }

  /** A machine of which nothing but its clone's task is known. */
  Observation of(Build build, Progress progress) {
    return progress
        .error()
        .map(VimFault::words)
        .map(words -> unmade(build, MachineState.ERROR, Optional.of(words)))
        .orElseGet(() -> unmade(build, MachineState.CREATING, Optional.empty()));
  }

  /** A machine of which nothing but its clone's failure is known. */
  Observation of(Handle handle, FailedClone failed) {
    return unmade(
        handle,
        Optional.empty(),
        failed.name(),
        MachineState.ERROR,
        Optional.of(failed.why().words()));
  }

  private Observation unmade(Build build, MachineState state, Optional<String> reason) {
    return unmade(build.handle(), Optional.of(build.token()), build.name(), state, reason);
  }

  private Observation unmade(
      Handle handle,
      Optional<Token> token,
      String name,
      MachineState state,
      Optional<String> reason) {
    return new Observation(
        handle,
        token,
        state,
        reason,
        Identity.plain(name, handle),
        Optional.empty(),
        List.of(),
        List.of(),
        clock.instant());
  }
}
