package io.meltemi.connector.scripted;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All the ways to do wrong that the contract must notice. */
final class Spoils {
  /** Does everything right. */
  static final Spoil NONE = Spoil.cloud("does everything right", call -> call.goOn());

  /** What is tried with news too; they take real time. */
  static final Set<String> ABOUT_NEWS =
      Set.of(NONE.name(), "sends no news", "cannot close a watch");

  static final List<Spoil> ALL =
      Stream.of(
              CloudSpoils.ALL,
              ConnectorSpoils.ALL,
              VolumeSpoils.ALL,
              MachineSnapshotSpoils.ALL,
              NetworkSpoils.ALL,
              OwnNetworkSpoils.ALL,
              AddressSpoils.ALL)
          .flatMap(List::stream)
          .toList();

  private Spoils() {}

  static Spoil named(String name) {
    return Stream.concat(Stream.of(NONE), ALL.stream())
        .filter(spoil -> spoil.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
