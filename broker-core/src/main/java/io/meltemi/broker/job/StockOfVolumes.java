package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.Volumes;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.VolumeOrder;
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
    return volumes.read(handle).map(Seen.Volume::new);
  }

  @Override
  public void delete(Handle handle) {
    volumes.delete(handle);
  }
}
