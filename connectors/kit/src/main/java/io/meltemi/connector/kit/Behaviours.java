package io.meltemi.connector.kit;

/** A group of behaviours; all are tried on the same bench, each on a fresh one. */
interface Behaviours {
  Bench bench();
}
