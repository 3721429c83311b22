package io.meltemi.connector.openstack;

import com.google.common.collect.ImmutableSet;
import com.google.inject.AbstractModule;
import com.google.inject.Module;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import org.jclouds.ContextBuilder;
import org.jclouds.logging.slf4j.config.SLF4JLoggingModule;
import org.jclouds.openstack.nova.v2_0.NovaApi;
import org.jclouds.openstack.nova.v2_0.NovaApiMetadata;
import org.jclouds.rest.ApiContext;
import org.jclouds.rest.config.BinderUtils;
import org.jspecify.annotations.Nullable;

/** The compute service of one region as jclouds reaches it, and what jclouds leaves out. */
final class Nova implements AutoCloseable {
  private final ApiContext<NovaApi> context;
  private final NovaGaps gaps;
  private final Optional<String> wantedRegion;
  private volatile @Nullable String region;

  Nova(OpenStackSettings settings) {
    wantedRegion = settings.region();
    context =
        ContextBuilder.newBuilder(new NovaApiMetadata())
            .endpoint(settings.endpoint().toString())
            .credentials(settings.userDomain() + ":" + settings.user(), settings.password())
            .overrides(properties(settings))
            .modules(ImmutableSet.<Module>of(new SLF4JLoggingModule(), new GapsModule()))
            .build();
    gaps = context.utils().injector().getInstance(NovaGaps.class);
  }

  private static Properties properties(OpenStackSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("jclouds.keystone.version", "3");
    properties.setProperty("jclouds.keystone.scope", "project:" + settings.project());
    properties.setProperty("jclouds.keystone.project-domain-name", settings.projectDomain());
    // A request that is sent again by itself could make a second machine.
    properties.setProperty("jclouds.max-retries", "0");
    properties.setProperty("jclouds.connection-timeout", "10000");
    properties.setProperty("jclouds.so-timeout", "60000");
    return properties;
  }

  private static final class GapsModule extends AbstractModule {
    @Override
    protected void configure() {
      BinderUtils.bindHttpApi(binder(), NovaGaps.class);
    }
  }

  NovaApi api() {
    return context.getApi();
  }

  NovaGaps gaps() {
    return gaps;
  }

  /** The account's region; asks Keystone the first time where the settings name none. */
  String region() {
    String known = region;
    if (known == null) {
      known = wantedRegion.orElseGet(() -> new TreeSet<>(api().getConfiguredRegions()).first());
      region = known;
    }
    return known;
  }

  @Override
  public void close() {
    context.close();
  }
}
