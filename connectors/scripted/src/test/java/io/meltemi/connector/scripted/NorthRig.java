package io.meltemi.connector.scripted;

import io.meltemi.connector.Spot;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.kit.Orders;
import io.meltemi.connector.kit.Rig;
import io.meltemi.pivot.MachineOrder;
import java.time.Duration;
import java.util.Optional;

/** A rig on a scripted cloud whose place called north does all that is tried. */
interface NorthRig extends Rig {
  @Override
  default Spot spot() {
    return new Spot("north", Optional.of("small"), "debian");
  }

  @Override
  default VolumeSpot volumeSpot() {
    return new VolumeSpot("north", Optional.of("plain"), Optional.empty());
  }

  @Override
  default MachineOrder order(String name) {
    return Orders.plain(name, 1, 1048576);
  }

  @Override
  default Duration patience() {
    return Duration.ofMinutes(2);
  }
}
