package io.meltemi.connector.scripted;

import static io.meltemi.connector.scripted.ScriptedConnector.look;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.Volumes;
import io.meltemi.connector.scripted.ScriptedVolume.Stage;
import io.meltemi.pivot.VolumeOrder;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Volumes of an account of the scripted cloud. */
final class ScriptedVolumes implements Volumes {
  private final Cloud cloud;
  private final Tags tags;
  private final Clock clock;

  ScriptedVolumes(Cloud cloud, Tags tags, Clock clock) {
    this.cloud = cloud;
    this.tags = tags;
    this.clock = clock;
  }

  @Override
  public Handle create(VolumeOrder order, VolumeSpot spot, Token token) {
    return new Handle(
        cloud.change(
            new Change.CreateVolume(
                order.name(),
                spot.location(),
                spot.type(),
                order.capacityKilobytes(),
                spot.snapshot().map(Handle::value),
                tags.of(token))));
  }

  @Override
  public List<Handle> find(Token token) {
    return look(cloud::volumes).stream()
        .filter(volume -> tags.bears(volume.request().tags(), token))
        .map(volume -> new Handle(volume.id()))
        .toList();
  }

  @Override
  public List<VolumeObservation> list() {
    return look(cloud::volumes).stream()
        .map(this::observation)
        .filter(observation -> observation.token().isPresent())
        .toList();
  }

  @Override
  public Optional<VolumeObservation> read(Handle volume) {
    return look(() -> cloud.volume(volume.value())).map(this::observation);
  }

  @Override
  public void attach(Handle volume, Handle machine) {
    cloud.change(new Change.Attach(volume.value(), machine.value()));
  }

  @Override
  public void detach(Handle volume, Handle machine) {
    cloud.change(new Change.Detach(volume.value(), machine.value()));
  }

  @Override
  public Handle snapshot(Handle volume, String name, Token token) {
    return new Handle(cloud.change(new Change.Snapshot(volume.value(), name, tags.of(token))));
  }

  @Override
  public void delete(Handle volume) {
    cloud.change(new Change.DeleteVolume(volume.value()));
  }

  private VolumeObservation observation(ScriptedVolume volume) {
    return new VolumeObservation(
        new Handle(volume.id()),
        tags.token(volume.request().tags()),
        volume.state(),
        volume.reason(),
        volume.request().name(),
        volume.request().capacityKilobytes(),
        volume.attachments().stream()
            .filter(each -> each.stage() != Stage.COMING)
            .map(each ->
                new VolumeObservation.Attachment(
                    new Handle(each.machine()),
                    Optional.of(each.device()),
                    each.stage() == Stage.GOING))
            .toList(),
        clock.instant());
  }
}
