package io.meltemi.pivot;

/**
 * A network card that a machine gets, in a network that its order names.
 *
 * @param network our id of the network
 * @param name the network's name, for people
 * @param account where the network is
 */
public record Nic(String network, String name, String account) {}
