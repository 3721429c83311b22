package io.meltemi.connector;

import java.util.Optional;

/**
 * Where exactly a machine is to be created: an offer in the provider's words.
 *
 * @param location id of the location
 * @param size the provider's id of the size; empty where sizes are free
 * @param image the provider's id of the image
 */
public record Spot(String location, Optional<String> size, String image) {}
