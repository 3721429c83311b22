package io.meltemi.broker.account;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.Volumes;
import io.meltemi.pivot.VolumeOrder;
import java.util.List;
import java.util.Optional;

/** Volumes behind the gate of their account. */
record IsolatedVolumes(Volumes inner, Gate gate) implements Volumes {
  @Override
  public Handle create(VolumeOrder order, VolumeSpot spot, Token token) {
    return gate.change("create volume", () -> inner.create(order, spot, token));
  }

  @Override
  public List<Handle> find(Token token) {
    return gate.read("find volume", () -> inner.find(token));
  }

  @Override
  public List<VolumeObservation> list() {
    return gate.read("list volumes", inner::list);
  }

  @Override
  public Optional<VolumeObservation> read(Handle volume) {
    return gate.read("read volume", () -> inner.read(volume));
  }

  @Override
  public void attach(Handle volume, Handle machine) {
    gate.change("attach", () -> done(() -> inner.attach(volume, machine)));
  }

  @Override
  public void detach(Handle volume, Handle machine) {
    gate.change("detach", () -> done(() -> inner.detach(volume, machine)));
  }

  @Override
  public Handle snapshot(Handle volume, String name, Token token) {
    return gate.change("snapshot", () -> inner.snapshot(volume, name, token));
  }

  @Override
  public void delete(Handle volume) {
    gate.change("delete volume", () -> done(() -> inner.delete(volume)));
  }

  private static boolean done(Runnable call) {
    call.run();
    return true;
  }
}
