package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.AddressObservation;
import io.meltemi.connector.Addresses;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import java.util.List;

/** The part of a bench where floating addresses are lent. */
final class AddressBench {
  private final Bench bench;

  AddressBench(Bench bench) {
    this.bench = bench;
  }

  /** Goes on only where addresses are lent. */
  AddressBench needed() {
    bench.needs(Capability.FLOATING_ADDRESS);
    return this;
  }

  Addresses all() {
    return bench.connector().addresses();
  }

  /** An address of a new machine. */
  Handle lent(String machine, Token token) {
    return all().lend(bench.started(machine), token);
  }

  AddressObservation read(Handle address) {
    return all().read(address).orElseThrow();
  }

  void vanishes(Handle address) {
    bench.await("the end of " + address, () -> all().read(address).isEmpty());
  }

  /** What the machine shows. */
  List<String> shown(Handle machine) {
    return bench.read(machine).addresses().stream().map(Observation.Address::ip).toList();
  }

  /** Waits until the machine shows the address. */
  void awaitShown(Handle machine, String ip) {
    bench.await(ip + " of " + machine, () -> shown(machine).contains(ip));
  }

  /** Nothing bears the token. */
  void assertNone(Token token) {
    assertThat(all().find(token)).isEmpty();
  }

  void clear(Token token) {
    all().find(token).forEach(all()::release);
  }
}
