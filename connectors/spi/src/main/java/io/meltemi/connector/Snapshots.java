package io.meltemi.connector;

import java.util.List;
import java.util.Optional;

/** The snapshots which the broker took of volumes, or of machines, of one account. */
public interface Snapshots {
  /**
   * Everything that earlier snapshots with exactly this token left; empty says nothing about later.
   */
  List<Handle> find(Token token);

  /** Every snapshot of this kind which this account's broker took, each once. */
  List<Marked> list();

  /** The snapshot as it is now; empty when the provider does not know it (any more). */
  Optional<Taken> read(Handle snapshot);

  /** Asks for the end of the snapshot. Succeeds when it is already gone. */
  void delete(Handle snapshot);

  /**
   * @param reason the provider's words when it failed, or when the last restore from it did
   */
  record Taken(Handle handle, Images.State state, Optional<String> reason) {}
}
