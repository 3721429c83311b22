package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.Volumes;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.pivot.VolumeState;
import java.util.List;
import java.util.Optional;

/** The volumes of an account. */
record StockOfVolumes(Volumes volumes) implements Stock {
  @Override
  public Handle create(Order order, Placed placed) {
    return volumes.create((VolumeOrder) order, placed.volumeSpot(), placed.token());
  }

  @Override
  public List<Handle> find(Token token) {
    return volumes.find(token);
  }

  @Override
  public Optional<Seen> read(Handle handle) {
    return volumes.read(handle).map(seen -> new Seen(progress(seen.state()), seen.reason()));
  }

  private static Progress progress(VolumeState state) {
    return switch (state) {
      case AVAILABLE -> Progress.READY;
      case ERROR -> Progress.BROKEN;
      case DELETING -> Progress.LEAVING;
      case CREATING, CAPTURING, RESTORING -> Progress.BUILDING;
    };
  }

  @Override
  public void delete(Handle handle) {
    volumes.delete(handle);
  }
}
