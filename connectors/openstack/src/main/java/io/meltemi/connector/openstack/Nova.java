package io.meltemi.connector.openstack;

import com.google.common.base.Supplier;
import com.google.common.collect.ImmutableSet;
import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Http;
import io.meltemi.connector.Outgoing;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jclouds.ContextBuilder;
import org.jclouds.logging.slf4j.config.SLF4JLoggingModule;
import org.jclouds.openstack.keystone.auth.config.CredentialTypes;
import org.jclouds.openstack.keystone.catalog.ServiceEndpoint;
import org.jclouds.openstack.keystone.config.KeystoneProperties;
import org.jclouds.openstack.nova.v2_0.NovaApi;
import org.jclouds.openstack.nova.v2_0.NovaApiMetadata;
import org.jclouds.openstack.nova.v2_0.domain.Flavor;
import org.jclouds.openstack.nova.v2_0.features.FlavorApi;
import org.jclouds.openstack.v2_0.domain.PaginatedCollection;
import org.jclouds.openstack.v2_0.options.PaginationOptions;
import org.jclouds.rest.ApiContext;
import org.jclouds.rest.AuthorizationException;
import org.jclouds.rest.config.BinderUtils;
import org.jspecify.annotations.Nullable;

/**
 * The compute service of one region as jclouds reaches it, and what jclouds leaves out; the block
 * storage and the networks beside it, on the same log-in.
 */
final class Nova implements AutoCloseable {
  /** For a whole answer, its last byte included, a log-in's too. */
  static final Duration LIMIT = Duration.ofMinutes(1);

  private final Http http;
  private final Rest rest = new Rest();
  private final ApiContext<NovaApi> context;
  private final NovaGaps gaps;
  private final Cinder cinder;
  private final Neutron neutron;
  private final Supplier<List<ServiceEndpoint>> catalogue;
  private final AtomicReference<AuthorizationException> refused;
  private final Optional<String> wantedRegion;
  private volatile @Nullable String region;

  Nova(OpenStackSettings settings, Outgoing outgoing) {
    this(settings, outgoing, LIMIT);
  }

  /**
   * @param limit for a whole answer
   */
  Nova(OpenStackSettings settings, Outgoing outgoing, Duration limit) {
    http = outgoing.http(settings.certificates());
    wantedRegion = settings.region();
    context =
        ContextBuilder.newBuilder(new NovaApiMetadata())
            .endpoint(settings.endpoint().toString())
            .credentials(identity(settings.login()), secret(settings.login()))
            .overrides(properties(settings.login(), limit))
            .modules(
                ImmutableSet.<Module>of(
                    new SLF4JLoggingModule(), new GapsModule(), new OnceOnly.Module(http, rest)))
            .build();
    gaps = context.utils().injector().getInstance(NovaGaps.class);
    cinder = context.utils().injector().getInstance(Cinder.class);
    neutron = context.utils().injector().getInstance(Neutron.class);
    catalogue =
        context
            .utils()
            .injector()
            .getInstance(Key.get(new TypeLiteral<Supplier<List<ServiceEndpoint>>>() {}));
    refused =
        context
            .utils()
            .injector()
            .getInstance(Key.get(new TypeLiteral<AtomicReference<AuthorizationException>>() {}));
  }

  private static String identity(Login login) {
    return switch (login) {
      case Login.Password by -> by.userDomain() + ":" + by.user();
      case Login.ApplicationCredential by -> by.id();
    };
  }

  private static String secret(Login login) {
    return switch (login) {
      case Login.Password by -> by.password();
      case Login.ApplicationCredential by -> by.secret();
    };
  }

  private static Properties properties(Login login, Duration limit) {
    Properties properties = new Properties();
    properties.setProperty(KeystoneProperties.KEYSTONE_VERSION, "3");
    // A request that is sent again by itself could make a second machine.
    properties.setProperty("jclouds.max-retries", "0");
    // And one that is sent on would take the token to wherever a redirect leads.
    properties.setProperty("jclouds.max-redirects", "0");
    properties.setProperty("jclouds.so-timeout", String.valueOf(limit.toMillis()));
    switch (login) {
      case Login.Password by -> properties.putAll(scope(by.project()));
      case Login.ApplicationCredential ignored -> {
        properties.setProperty(
            KeystoneProperties.CREDENTIAL_TYPE, CredentialTypes.API_ACCESS_KEY_CREDENTIALS);
        properties.setProperty(KeystoneProperties.SCOPE, "unscoped");
      }
    }
    return properties;
  }

  private static Map<String, String> scope(Login.Project project) {
    return switch (project) {
      case Login.Project.Named by ->
          Map.of(
              KeystoneProperties.SCOPE,
              "project:" + by.name(),
              KeystoneProperties.PROJECT_DOMAIN_NAME,
              by.domain());
      case Login.Project.Known by -> Map.of(KeystoneProperties.SCOPE, "projectId:" + by.id());
    };
  }

  private static final class GapsModule extends AbstractModule {
    @Override
    protected void configure() {
      BinderUtils.bindHttpApi(binder(), NovaGaps.class);
      BinderUtils.bindHttpApi(binder(), Cinder.class);
      BinderUtils.bindHttpApi(binder(), Neutron.class);
    }
  }

  /** jclouds never again asks Keystone that refused a log-in once; we do, with each call. */
  @SuppressWarnings("NullAway") // jclouds' own word for "not refused"
  private void askAgain() {
    refused.set(null);
  }

  NovaApi api() {
    askAgain();
    return context.getApi();
  }

  List<Flavor> flavors() {
    FlavorApi flavors = api().getFlavorApi(region());
    return Pages.all("flavors", Flavor::getId, last -> part(flavors.listInDetail(after(last))));
  }

  List<NovaImage> images() {
    return Pages.all(
        "images",
        NovaImage::id,
        last -> {
          NovaImage.Page read = gaps().images(region(), after(last));
          return new Pages.Part<>(read.images(), Link.onward(read.links()));
        });
  }

  private static PaginationOptions after(Optional<String> last) {
    PaginationOptions options = new PaginationOptions();
    return last.map(options::marker).orElse(options);
  }

  private static <T> Pages.Part<T> part(PaginatedCollection<T> read) {
    return new Pages.Part<>(read.toList(), read.nextMarker().isPresent());
  }

  NovaGaps gaps() {
    askAgain();
    return gaps;
  }

  Cinder cinder() {
    askAgain();
    return cinder;
  }

  Neutron neutron() {
    askAgain();
    return neutron;
  }

  /** How long the provider still wants no calls; zero when it does not mind. */
  Duration rest() {
    return rest.left();
  }

  /** Where the region's block storage is; empty when the catalogue has none. */
  Optional<URI> blockStorage() {
    return service("volumev3").or(() -> service("block-storage").map(Nova::ofThirdVersion));
  }

  /** Where the region's networks are; empty when the catalogue has none. */
  Optional<URI> networking() {
    return service("network").map(Nova::ofSecondVersion);
  }

  /** The catalogue may name the version or leave it out. */
  private static URI ofSecondVersion(URI neutron) {
    String text = neutron.toString().replaceAll("/+$", "");
    return URI.create(text.endsWith("/v2.0") ? text : text + "/v2.0");
  }

  /** As for networks. */
  private static URI ofThirdVersion(URI cinder) {
    String text = cinder.toString().replaceAll("/+$", "");
    return URI.create(text.matches(".*/v[0-9.]+(/.*)?") ? text : text + "/v3");
  }

  private Optional<URI> service(String type) {
    String here = region();
    return endpoints(type)
        .filter(endpoint -> here.equals(region(endpoint)))
        .map(ServiceEndpoint::url)
        .findFirst();
  }

  /** Of all regions; what is meant for the cloud's own servers or administrators is left out. */
  private Stream<ServiceEndpoint> endpoints(String type) {
    return catalogue.get().stream()
        .filter(endpoint -> type.equals(endpoint.type()))
        .filter(endpoint -> endpoint.iface() == ServiceEndpoint.Interface.PUBLIC);
  }

  /** A catalogue may leave it out; jclouds calls it after itself then. */
  private String region(ServiceEndpoint endpoint) {
    return Optional.ofNullable(endpoint.regionId()).orElse(context.getId());
  }

  /** The account's region; asks Keystone's catalogue the first time. */
  String region() {
    String known = region;
    if (known == null) {
      askAgain();
      known =
          chosen(
              endpoints("compute")
                  .map(this::region)
                  .collect(Collectors.toCollection(TreeSet::new)));
      region = known;
    }
    return known;
  }

  /** Never one of several: which comes first changes when the cloud gets another. */
  private String chosen(SortedSet<String> offered) {
    if (offered.isEmpty()) {
      throw new ConnectorException(Fault.TRANSIENT, "the catalogue has no compute service");
    }
    if (wantedRegion.isEmpty() && offered.size() > 1) {
      throw new ConnectorException(
          Fault.CREDENTIALS,
          "region must be given, for the catalogue has several with a compute service: "
              + String.join(", ", offered));
    }
    String wanted = wantedRegion.orElseGet(offered::first);
    if (offered.contains(wanted)) {
      return wanted;
    }
    throw new ConnectorException(
        Fault.CREDENTIALS,
        "the catalogue has no compute service in the region "
            + wanted
            + ", but in "
            + String.join(", ", offered));
  }

  @Override
  public void close() {
    context.close();
    http.close();
  }
}
