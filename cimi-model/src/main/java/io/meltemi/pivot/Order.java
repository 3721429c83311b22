package io.meltemi.pivot;

/** A request with every reference resolved: nothing is left to look up. */
public sealed interface Order
    permits MachineOrder, VolumeOrder, NetworkOrder, AddressOrder, SystemOrder {
  /** The name that the consumer gave; may be empty, is not unique. */
  String name();

  /** What the order says about its place. */
  Terms terms();

  /** What it takes where sizes are free. */
  Amount amount();
}
