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
import org.jclouds.rest.annotations.Headers;
import org.jclouds.rest.annotations.QueryParams;
import org.jclouds.rest.annotations.RequestFilters;
import org.jclouds.rest.annotations.SelectJson;
import org.jclouds.rest.binders.BindToJsonPayload;
import org.jspecify.annotations.Nullable;

/**
 * The block storage API 3.5, on the log-in of the compute service. jclouds' own reads lists to the
 * end of their first page and cannot write a token on a snapshot.
 */
@Headers(keys = "OpenStack-API-Version", values = "volume 3.5")
@RequestFilters(AuthenticateRequest.class)
@Consumes(MediaType.APPLICATION_JSON)
interface Cinder {
  @Named("volume:list")
  @GET
  @Path("/volumes/detail")
  CinderVolume.Page volumes(@EndpointParam URI cinder, PaginationOptions page);

  @Named("volume:get")
  @GET
  @Path("/volumes/{id}")
  @SelectJson("volume")
  @Fallback(NullOnNotFoundOr404.class)
  @Nullable CinderVolume volume(@EndpointParam URI cinder, @PathParam("id") String id);

  @Named("volume:create")
  @POST
  @Path("/volumes")
  @Produces(MediaType.APPLICATION_JSON)
  @SelectJson("volume")
  Created createVolume(
      @EndpointParam URI cinder, @BinderParam(BindToJsonPayload.class) Map<String, Object> body);

  @Named("volume:delete")
  @DELETE
  @Path("/volumes/{id}")
  @Fallback(VoidOnNotFoundOr404.class)
  void deleteVolume(@EndpointParam URI cinder, @PathParam("id") String id);

  @Named("snapshot:list")
  @GET
  @Path("/snapshots/detail")
  CinderSnapshot.Page snapshots(@EndpointParam URI cinder, PaginationOptions page);

  @Named("snapshot:get")
  @GET
  @Path("/snapshots/{id}")
  @SelectJson("snapshot")
  @Fallback(NullOnNotFoundOr404.class)
  @Nullable CinderSnapshot snapshot(@EndpointParam URI cinder, @PathParam("id") String id);

  @Named("snapshot:create")
  @POST
  @Path("/snapshots")
  @Produces(MediaType.APPLICATION_JSON)
  @SelectJson("snapshot")
  Created createSnapshot(
      @EndpointParam URI cinder, @BinderParam(BindToJsonPayload.class) Map<String, Object> body);

  @Named("snapshot:delete")
  @DELETE
  @Path("/snapshots/{id}")
  @Fallback(VoidOnNotFoundOr404.class)
  void deleteSnapshot(@EndpointParam URI cinder, @PathParam("id") String id);

  /** Why something of that id failed, the latest first. */
  @Named("message:list")
  @GET
  @Path("/messages")
  @QueryParams(keys = "sort", values = "created_at:desc")
  @SelectJson("messages")
  List<Message> messages(@EndpointParam URI cinder, @QueryParam("resource_uuid") String id);

  @Named("zone:list")
  @GET
  @Path("/os-availability-zone")
  @SelectJson("availabilityZoneInfo")
  List<Zone> zones(@EndpointParam URI cinder);

  @Named("type:list")
  @GET
  @Path("/types")
  @SelectJson("volume_types")
  List<Type> types(@EndpointParam URI cinder);

  @Named("limits:get")
  @GET
  @Path("/limits")
  @SelectJson("limits")
  Limits limits(@EndpointParam URI cinder);

  record Created(String id) {}

  record Message(@SerializedName("user_message") @Nullable String words) {}

  record Zone(@SerializedName("zoneName") String name, @SerializedName("zoneState") State state) {
    record State(boolean available) {}
  }

  record Type(String id, @Nullable String name) {}

  record Limits(Absolute absolute) {}

  /** Quota of the project and what is used of it, snapshots included; -1 means no limit. */
  record Absolute(
      long maxTotalVolumes,
      long totalVolumesUsed,
      long maxTotalVolumeGigabytes,
      long totalGigabytesUsed) {}
}
