package io.meltemi.connector.openstack;

import com.google.gson.annotations.SerializedName;
import jakarta.inject.Named;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jclouds.Fallbacks.NullOnNotFoundOr404;
import org.jclouds.Fallbacks.VoidOnNotFoundOr404;
import org.jclouds.openstack.keystone.auth.filters.AuthenticateRequest;
import org.jclouds.openstack.v2_0.options.PaginationOptions;
import org.jclouds.rest.annotations.BinderParam;
import org.jclouds.rest.annotations.EndpointParam;
import org.jclouds.rest.annotations.Fallback;
import org.jclouds.rest.annotations.RequestFilters;
import org.jclouds.rest.annotations.SelectJson;
import org.jclouds.rest.binders.BindToJsonPayload;
import org.jclouds.rest.binders.BindToStringPayload;
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

  @Named("network:get")
  @GET
  @Path("/networks/{id}")
  @SelectJson("network")
  @Fallback(NullOnNotFoundOr404.class)
  @Nullable Network network(@EndpointParam URI neutron, @PathParam("id") String id);

  @Named("network:create")
  @POST
  @Path("/networks")
  @Produces(MediaType.APPLICATION_JSON)
  @SelectJson("network")
  Created createNetwork(
      @EndpointParam URI neutron, @BinderParam(BindToJsonPayload.class) Map<String, Object> body);

  @Named("network:delete")
  @DELETE
  @Path("/networks/{id}")
  @Fallback(VoidOnNotFoundOr404.class)
  void deleteNetwork(@EndpointParam URI neutron, @PathParam("id") String id);

  @Named("subnet:create")
  @POST
  @Path("/subnets")
  @Produces(MediaType.APPLICATION_JSON)
  @SelectJson("subnet")
  Created createSubnet(
      @EndpointParam URI neutron, @BinderParam(BindToStringPayload.class) String body);

  @Named("subnet:of")
  @GET
  @Path("/subnets")
  SubnetPage subnetsOf(@EndpointParam URI neutron, @QueryParam("network_id") String network);

  @Named("subnet:list")
  @GET
  @Path("/subnets")
  SubnetPage subnets(@EndpointParam URI neutron, PaginationOptions page);

  @Named("port:of")
  @GET
  @Path("/ports")
  PortPage portsOf(@EndpointParam URI neutron, @QueryParam("device_id") String server);

  @Named("floatingip:create")
  @POST
  @Path("/floatingips")
  @Produces(MediaType.APPLICATION_JSON)
  @SelectJson("floatingip")
  Created createFloatingIp(
      @EndpointParam URI neutron, @BinderParam(BindToJsonPayload.class) Map<String, Object> body);

  /** Null where nothing is routed. */
  @Named("floatingip:list")
  @GET
  @Path("/floatingips")
  @Fallback(NullOnNotFoundOr404.class)
  @Nullable FloatingIpPage floatingIps(@EndpointParam URI neutron, PaginationOptions page);

  @Named("floatingip:get")
  @GET
  @Path("/floatingips/{id}")
  @SelectJson("floatingip")
  @Fallback(NullOnNotFoundOr404.class)
  @Nullable FloatingIp floatingIp(@EndpointParam URI neutron, @PathParam("id") String id);

  @Named("floatingip:delete")
  @DELETE
  @Path("/floatingips/{id}")
  @Fallback(VoidOnNotFoundOr404.class)
  void deleteFloatingIp(@EndpointParam URI neutron, @PathParam("id") String id);

  /** Whose the log-in is; an administrator sees everybody's networks. */
  @Named("quota:tenant")
  @GET
  @Path("/quotas/tenant")
  @SelectJson("tenant")
  @Fallback(NullOnNotFoundOr404.class)
  @Nullable Tenant tenant(@EndpointParam URI neutron);

  /** Null where neutron does not tell what is used. */
  @Named("quota:details")
  @GET
  @Path("/quotas/{project}/details")
  @SelectJson("quota")
  @Fallback(NullOnNotFoundOr404.class)
  @Nullable Quota quota(@EndpointParam URI neutron, @PathParam("project") String project);

  record Quota(
      @SerializedName("network") @Nullable Use networks,
      @SerializedName("subnet") @Nullable Use subnets,
      @SerializedName("port") @Nullable Use ports,
      @SerializedName("floatingip") @Nullable Use floatingIps) {}

  /**
   * @param limit -1 means no limit
   * @param reserved for what is being made
   */
  record Use(long limit, long used, long reserved) {}

  record Created(String id) {}

  record Tenant(@SerializedName("tenant_id") @Nullable String id) {}

  record NetworkPage(
      List<Network> networks, @SerializedName("networks_links") @Nullable List<Link> links) {}

  /**
   * @param shared with all projects, or with this one
   * @param subnetIds of its ranges
   */
  record Network(
      String id,
      @Nullable String name,
      @SerializedName("tenant_id") @Nullable String tenant,
      boolean shared,
      @SerializedName("router:external") boolean external,
      @Nullable Long mtu,
      @Nullable String description,
      @Nullable String status,
      @SerializedName("subnets") @Nullable List<String> subnetIds) {

    List<String> subnets() {
      return subnetIds == null ? List.of() : subnetIds;
    }
  }

  record PortPage(List<Port> ports) {}

  record Port(String id) {}

  record FloatingIpPage(
      @SerializedName("floatingips") List<FloatingIp> addresses,
      @SerializedName("floatingips_links") @Nullable List<Link> links) {}

  record FloatingIp(
      String id,
      @SerializedName("floating_ip_address") String ip,
      @SerializedName("tenant_id") @Nullable String tenant,
      @Nullable String description) {}

  record SubnetPage(
      List<Subnet> subnets, @SerializedName("subnets_links") @Nullable List<Link> links) {}

  record Subnet(
      String id,
      @SerializedName("network_id") String network,
      String cidr,
      @Nullable String description) {}
}
