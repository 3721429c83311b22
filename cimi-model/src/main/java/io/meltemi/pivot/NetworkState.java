package io.meltemi.pivot;

/**
 * States of a network that was ordered, as CIMI names them (DSP0263 2.0.0, 5.16.1). No place stops
 * one that stands.
 */
public enum NetworkState {
  CREATING,
  STARTED,
  DELETING,
  ERROR
}
