package io.meltemi.connector;

import java.time.Instant;
import java.util.Optional;

/**
 * A floating address as its provider shows it now.
 *
 * @param token the token written on it; empty when it bears none of ours
 * @param ip literal, IPv4 or IPv6
 * @param observed when
 */
public record AddressObservation(
    Handle handle, Optional<Token> token, String ip, Instant observed) {}
