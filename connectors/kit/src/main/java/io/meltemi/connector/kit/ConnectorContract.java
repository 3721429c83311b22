package io.meltemi.connector.kit;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every connector must do. A connector's test extends this class and says how its provider is
 * set up; a behaviour that was kept, is not supported or could not be tried is written into the
 * connector's column of docs/connectors/matrix.md.
 *
 * <p>Where the rigs of one class may stand side by side, each with what is its own alone, it may be
 * annotated with {@link org.junit.jupiter.api.parallel.Execution}: what needs the provider for
 * itself is tried alone.
 */
@ExtendWith(ContractReport.class)
@Together
public abstract class ConnectorContract
    implements CreationBehaviours,
        DiskBehaviours,
        LostAnswerBehaviours,
        ReadingBehaviours,
        StrangerBehaviours,
        AttributeBehaviours,
        DeletionBehaviours,
        ActionBehaviours,
        UndeclaredBehaviours,
        CaptureBehaviours,
        FaultBehaviours,
        DiscoveryBehaviours,
        VolumeBehaviours,
        AttachmentBehaviours,
        SnapshotBehaviours,
        LostVolumeBehaviours,
        MachineSnapshotBehaviours,
        NetworkBehaviours,
        OwnNetworkBehaviours,
        LostNetworkBehaviours,
        AddressBehaviours,
        LostAddressBehaviours,
        OpeningBehaviours {
  private @Nullable Bench bench;

  /** A rig for one behaviour; closed after it. */
  protected abstract Rig rig();

  /** The name of the connector's column; empty keeps it out of the matrix. */
  protected Optional<String> column() {
    return Optional.empty();
  }

  @BeforeEach
  final void openBench() {
    bench = new Bench(rig());
  }

  @AfterEach
  final void clearBench() {
    if (bench != null) {
      bench.clear();
    }
  }

  @Override
  public final Bench bench() {
    return Objects.requireNonNull(bench);
  }
}
