package io.meltemi.connector.openstack;

import com.google.gson.annotations.SerializedName;
import jakarta.inject.Named;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import org.jclouds.Fallbacks.NullOnNotFoundOr404;
import org.jclouds.openstack.keystone.auth.filters.AuthenticateRequest;
import org.jclouds.openstack.v2_0.options.PaginationOptions;
import org.jclouds.rest.annotations.EndpointParam;
import org.jclouds.rest.annotations.Fallback;
import org.jclouds.rest.annotations.RequestFilters;
import org.jclouds.rest.annotations.SelectJson;
import org.jspecify.annotations.Nullable;

/**
 * The networking API 2.0, on the log-in of the compute service. jclouds' own knows neither what is
 * external nor the largest packet.
 */
@RequestFilters(AuthenticateRequest.class)
@Consumes(MediaType.APPLICATION_JSON)
interface Neutron {
  @Named("network:list")
  @GET
  @Path("/networks")
  NetworkPage networks(@EndpointParam URI neutron, PaginationOptions page);

  @Named("subnet:list")
  @GET
  @Path("/subnets")
  SubnetPage subnets(@EndpointParam URI neutron, PaginationOptions page);

  /** Whose the log-in is; an administrator sees everybody's networks. */
  @Named("quota:tenant")
  @GET
  @Path("/quotas/tenant")
  @SelectJson("tenant")
  @Fallback(NullOnNotFoundOr404.class)
  @Nullable Tenant tenant(@EndpointParam URI neutron);

  record Tenant(@SerializedName("tenant_id") @Nullable String id) {}

  record NetworkPage(
      List<Network> networks, @SerializedName("networks_links") @Nullable List<Link> links) {}

  /**
   * @param shared with all projects, or with this one
   */
  record Network(
      String id,
      @Nullable String name,
      @SerializedName("tenant_id") @Nullable String tenant,
      boolean shared,
      @SerializedName("router:external") boolean external,
      @Nullable Long mtu) {}

  record SubnetPage(
      List<Subnet> subnets, @SerializedName("subnets_links") @Nullable List<Link> links) {}

  record Subnet(String id, @SerializedName("network_id") String network, String cidr) {}
}
