package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Faults;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.Walk;
import io.meltemi.connector.vsphere.vim.Walk.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where in the inventory an account may look and make. Looked up once, and anew when it is gone.
 */
final class Scope {
  private final VCenter vcenter;
  private final VSphereSettings settings;
  private volatile @Nullable Ground found;

  Scope(VCenter vcenter, VSphereSettings settings) {
    this.vcenter = vcenter;
    this.settings = settings;
  }

  /**
   * @param datacenter the one
   * @param name its name
   * @param machines the folder of all its machines
   * @param networks the folder of all its networks and switches
   * @param folder where new machines go
   * @param templates where templates are looked for
   */
  record Ground(
      Ref datacenter, String name, Ref machines, Ref networks, Ref folder, Ref templates) {}

  /** Does something on the ground; once more when a part of it has been replaced. */
  <T> T on(Function<Ground, T> work) {
    Ground known = found;
    if (known != null) {
      try {
        return work.apply(known);
      } catch (ConnectorException e) {
        if (!Faults.is(e, "ManagedObjectNotFound")) {
          throw e;
        }
      }
    }
    Ground now = look();
    found = now;
    return work.apply(now);
  }

  private Ground look() {
    Facts datacenter = datacenter();
    Ref machines = datacenter.get("vmFolder").orElseThrow(() -> hidden("its machines")).ref();
    return new Ground(
        datacenter.ref(),
        datacenter.text("name"),
        machines,
        datacenter.get("networkFolder").orElseThrow(() -> hidden("its networks")).ref(),
        below(vcenter, machines, settings.folder()).orElseThrow(() -> hidden(settings.folder())),
        settings
            .templates()
            .map(path -> below(vcenter, machines, path).orElseThrow(() -> hidden(path)))
            .orElse(machines));
  }

  private Facts datacenter() {
    Walk walk =
        settings
            .datacenter()
            .map(path ->
                Walk.from(
                    vcenter
                        .byPath(path)
                        .filter(ref -> ref.type().equals("Datacenter"))
                        .orElseThrow(() -> missing("no datacenter " + path))))
            .orElseGet(() -> Walk.from(vcenter.root(), Step.down()));
    List<Facts> all = vcenter.read(walk.note("Datacenter", "name", "vmFolder", "networkFolder"));
    if (all.size() != 1) {
      throw missing(all.size() + " datacenters are shown to this account; name one");
    }
    return all.getFirst();
  }

  /** What lies at a path of names. */
  static Optional<Ref> below(VCenter vcenter, Ref start, String path) {
    Optional<Ref> at = Optional.of(start);
    for (String name : path.split("/")) {
      if (!name.isEmpty()) {
        at = at.flatMap(parent -> vcenter.child(parent, name));
      }
    }
    return at;
  }

  private static ConnectorException hidden(String what) {
    return missing("the datacenter does not show the folder " + what + " to this account");
  }

  /** A matter of the account's settings: other places may do. */
  private static ConnectorException missing(String words) {
    return new ConnectorException(Fault.UNSUPPORTED, words);
  }
}
