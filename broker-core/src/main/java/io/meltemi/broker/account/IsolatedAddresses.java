package io.meltemi.broker.account;

import io.meltemi.connector.AddressObservation;
import io.meltemi.connector.Addresses;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import java.util.List;
import java.util.Optional;

/** Floating addresses behind the gate of their account. */
record IsolatedAddresses(Addresses inner, Gate gate) implements Addresses {
  @Override
  public Handle lend(Handle machine, Token token) {
    return gate.change("lend address", () -> inner.lend(machine, token));
  }

  @Override
  public List<Handle> find(Token token) {
    return gate.read("find address", () -> inner.find(token));
  }

  @Override
  public List<AddressObservation> list() {
    return gate.read("list addresses", inner::list);
  }

  @Override
  public Optional<AddressObservation> read(Handle address) {
    return gate.read("read address", () -> inner.read(address));
  }

  @Override
  public void release(Handle address) {
    gate.change(
        "release address",
        () -> {
          inner.release(address);
          return true;
        });
  }
}
