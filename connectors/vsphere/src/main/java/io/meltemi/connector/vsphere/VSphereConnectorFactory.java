package io.meltemi.connector.vsphere;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.vsphere.vim.SoapVCenter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Opens folders of vCenters. */
public final class VSphereConnectorFactory implements ConnectorFactory {
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);

  @Override
  public String name() {
    return "vsphere";
  }

  @Override
  public List<Setting> settings() {
    return VSphereSettings.TABLE;
  }

  @Override
  public Connector open(Map<String, String> settings, Context context) {
    VSphereSettings read = VSphereSettings.of(settings);
    SoapVCenter vcenter =
        new SoapVCenter(
            read.endpoint(),
            read.user(),
            read.password(),
            context.outgoing().http(read.certificates()),
            KEEP_ALIVE);
    return new VSphereConnector(vcenter, read, context);
  }
}
