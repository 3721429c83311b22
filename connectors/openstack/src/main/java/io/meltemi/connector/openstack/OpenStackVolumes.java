package io.meltemi.connector.openstack;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.Volumes;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.pivot.VolumeState;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Volumes of a project. */
final class OpenStackVolumes implements Volumes {
  private final BlockStorage storage;
  private final Zones zones;
  private final Attaching attaching;
  private final Tags tags;
  private final Clock clock;

  OpenStackVolumes(Nova nova, BlockStorage storage, Zones zones, Tags tags, Clock clock) {
    this.storage = storage;
    this.zones = zones;
    this.attaching = new Attaching(nova, storage);
    this.tags = tags;
    this.clock = clock;
  }

  @Override
  public Handle create(VolumeOrder order, VolumeSpot spot, Token token) {
    URI cinder = Faults.asking(storage::needed);
    Map<String, Object> volume = new HashMap<>();
    volume.put("name", named(order.name(), token));
    volume.put("size", Gibibytes.holding(order.capacityKilobytes()));
    volume.put("availability_zone", Faults.asking(() -> zones.volumesFor(spot.location())));
    volume.put("metadata", tags.dated(token));
    spot.type().ifPresent(type -> volume.put("volume_type", type));
    spot.snapshot().ifPresent(snapshot -> volume.put("snapshot_id", snapshot.value()));
    Map<String, Object> body = Map.of("volume", volume);
    return Faults.changing(() -> new Handle(storage.calls().createVolume(cinder, body).id()));
  }

  static String named(String wanted, Token token) {
    return wanted.isBlank() ? token.value() : wanted;
  }

  @Override
  public List<Handle> find(Token token) {
    return Faults.asking(storage::volumes).stream()
        .filter(volume -> VolumeStates.of(volume).isPresent())
        .filter(volume -> token(volume).filter(token::equals).isPresent())
        .map(volume -> new Handle(volume.id()))
        .toList();
  }

  /** None without block storage: whoever misses one asks for that one. */
  @Override
  public List<VolumeObservation> list() {
    if (Faults.asking(storage::address).isEmpty()) return List.of();
    return Faults.asking(storage::volumes).stream()
        .filter(volume -> token(volume).isPresent())
        .flatMap(volume -> observe(volume).stream())
        .toList();
  }

  /** Cinder writes the metadata of a volume on what people restore from a backup of it. */
  private Optional<Token> token(CinderVolume volume) {
    return tags.token(volume.tags(), volume.made());
  }

  @Override
  public Optional<VolumeObservation> read(Handle volume) {
    return Faults.asking(() -> storage.volume(volume)).flatMap(this::observe);
  }

  private Optional<VolumeObservation> observe(CinderVolume volume) {
    return VolumeStates.of(volume)
        .map(state ->
            new VolumeObservation(
                new Handle(volume.id()),
                token(volume),
                state,
                state == VolumeState.ERROR ? storage.reason(volume.id()) : Optional.empty(),
                volume.name() == null ? "" : volume.name(),
                Gibibytes.inKilobytes(volume.size()),
                volume.attachments().stream()
                    .flatMap(each -> attachment(volume, each).stream())
                    .toList(),
                clock.instant()));
  }

  /** One that somebody made without nova has no server. */
  private static Optional<VolumeObservation.Attachment> attachment(
      CinderVolume volume, CinderVolume.Attached attached) {
    return Optional.ofNullable(attached.server())
        .map(server ->
            new VolumeObservation.Attachment(
                new Handle(server),
                Optional.ofNullable(attached.device()),
                volume.status().equals(VolumeStates.LEAVING)));
  }

  @Override
  public void attach(Handle volume, Handle machine) {
    attaching.attach(volume, machine);
  }

  @Override
  public void detach(Handle volume, Handle machine) {
    attaching.detach(volume, machine);
  }

  @Override
  public Handle snapshot(Handle volume, String name, Token token) {
    URI cinder = Faults.asking(storage::needed);
    Map<String, Object> body =
        Map.of(
            "snapshot",
            Map.of(
                "volume_id", volume.value(),
                "name", named(name, token),
                "metadata", tags.of(token)));
    return Faults.changing(() -> new Handle(storage.calls().createSnapshot(cinder, body).id()));
  }

  @Override
  public void delete(Handle volume) {
    URI cinder = Faults.asking(storage::present);
    Removing.asking(
        () -> storage.calls().deleteVolume(cinder, volume.value()),
        () -> storage.volume(volume).map(CinderVolume::status));
  }
}
