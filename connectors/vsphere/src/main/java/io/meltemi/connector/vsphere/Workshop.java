package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.vsphere.vim.VCenter;

/** What machines and images of one account have in common. */
record Workshop(
    Identity identity,
    Scope scope,
    Clusters clusters,
    Networking networks,
    PortGroups portGroups,
    Sight sight,
    Marks marks,
    Builds builds,
    Reverts reverts,
    Observing observing,
    Cloning cloning,
    Acting acting,
    Removal removal) {

  static Workshop of(VCenter vcenter, VSphereSettings settings, Context context) {
    Identity identity = new Identity(context.account());
    Scope scope = new Scope(vcenter, settings);
    Clusters clusters = new Clusters(vcenter, settings);
    Sight sight = new Sight(vcenter, scope);
    Builds builds = new Builds(vcenter, scope, context.clock());
    Reverts reverts = new Reverts(vcenter);
    Networking networks = new Networking(vcenter, settings, identity);
    return new Workshop(
        identity,
        scope,
        clusters,
        networks,
        new PortGroups(vcenter, settings, scope, identity),
        sight,
        new Marks(vcenter, identity, Identity.Kind.MACHINE),
        builds,
        reverts,
        new Observing(context.clock(), reverts, identity),
        new Cloning(vcenter, scope, clusters, networks, identity, builds),
        new Acting(vcenter, sight),
        new Removal(vcenter, sight, builds));
  }
}
