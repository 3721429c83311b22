package io.meltemi.connector.openstack;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens projects of OpenStack clouds. */
public final class OpenStackConnectorFactory implements ConnectorFactory {
  @Override
  public String name() {
    return "openstack";
  }

  @Override
  public List<Setting> settings() {
    return OpenStackSettings.TABLE;
  }

  @Override
  public Set<String> unused(Map<String, String> open) {
    return OpenStackSettings.unused(open);
  }

  @Override
  public Map<String, String> fromFile(
      String text, Optional<String> entry, Map<String, String> beside) {
    return CloudsFile.settings(text, entry, beside);
  }

  @Override
  public Connector open(Map<String, String> settings, Context context) {
    OpenStackSettings read = OpenStackSettings.of(settings);
    return new OpenStackConnector(new Nova(read, context.outgoing()), read, context);
  }
}
