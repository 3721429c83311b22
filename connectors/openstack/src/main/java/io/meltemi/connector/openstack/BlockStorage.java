package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jclouds.openstack.v2_0.options.PaginationOptions;

/** The block storage of the account's region, where the catalogue has one. */
final class BlockStorage {
  /** What cinder gives by default; it may be set to give less. */
  private static final int PAGE = 1000;

  private final Nova nova;
  private final int page;

  BlockStorage(Nova nova) {
    this(nova, PAGE);
  }

  BlockStorage(Nova nova, int page) {
    this.nova = nova;
    this.page = page;
  }

  Cinder calls() {
    return nova.cinder();
  }

  /** Asks Keystone's catalogue the first time. */
  Optional<URI> address() {
    return nova.blockStorage();
  }

  /** Its address, for what cannot be done without it. */
  URI needed() {
    return address()
        .orElseThrow(() ->
            new ConnectorException(
                Fault.UNSUPPORTED,
                "the catalogue has no block storage in the region " + nova.region()));
  }

  /** The same for what was made: a catalogue without the service says nothing about it. */
  URI present() {
    return address()
        .orElseThrow(() ->
            new ConnectorException(
                Fault.TRANSIENT,
                "the catalogue has no block storage now in the region " + nova.region()));
  }

  List<CinderVolume> volumes() {
    URI cinder = present();
    return Pages.all(
        "volumes",
        CinderVolume::id,
        last -> {
          CinderVolume.Page read = calls().volumes(cinder, after(last));
          return new Pages.Part<>(read.volumes(), Link.onward(read.links()));
        });
  }

  Optional<CinderVolume> volume(Handle volume) {
    return Optional.ofNullable(calls().volume(present(), volume.value()));
  }

  List<CinderSnapshot> snapshots() {
    URI cinder = present();
    return Pages.all(
        "snapshots",
        CinderSnapshot::id,
        last -> {
          CinderSnapshot.Page read = calls().snapshots(cinder, after(last));
          return new Pages.Part<>(read.snapshots(), Link.onward(read.links()));
        });
  }

  Optional<CinderSnapshot> snapshot(Handle snapshot) {
    return Optional.ofNullable(calls().snapshot(present(), snapshot.value()));
  }

  private PaginationOptions after(Optional<String> last) {
    PaginationOptions options = new PaginationOptions().limit(page);
    return last.map(options::marker).orElse(options);
  }

  /**
   * Why a volume or snapshot failed, where cinder keeps messages for its users. That it failed is
   * worth telling without them.
   */
  Optional<String> reason(String id) {
    try {
      return Faults.asking(() -> calls().messages(needed(), id)).stream()
          .findFirst()
          .map(Cinder.Message::words);
    } catch (ConnectorException e) {
      return Optional.empty();
    }
  }
}
