package io.meltemi.connector;

import java.util.Optional;

/**
 * Where exactly a volume is to be created: an offer in the provider's words.
 *
 * @param location id of the location
 * @param type the provider's id of the volume type; empty where there is only one, where an earlier
 *     broker knew of one only, and for a snapshot of such a volume: then the provider chooses
 * @param snapshot whose data it begins with; empty for an empty volume
 */
public record VolumeSpot(String location, Optional<String> type, Optional<Handle> snapshot) {}
