package io.meltemi.connector.openstack;

import jakarta.inject.Named;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jclouds.Fallbacks.NullOnNotFoundOr404;
import org.jclouds.Fallbacks.VoidOnNotFoundOr404;
import org.jclouds.location.functions.RegionToEndpoint;
import org.jclouds.openstack.keystone.auth.filters.AuthenticateRequest;
import org.jclouds.openstack.nova.v2_0.functions.ParseImageIdFromLocationHeader;
import org.jclouds.openstack.v2_0.options.PaginationOptions;
import org.jclouds.rest.annotations.BinderParam;
import org.jclouds.rest.annotations.EndpointParam;
import org.jclouds.rest.annotations.Fallback;
import org.jclouds.rest.annotations.Headers;
import org.jclouds.rest.annotations.Payload;
import org.jclouds.rest.annotations.PayloadParam;
import org.jclouds.rest.annotations.RequestFilters;
import org.jclouds.rest.annotations.ResponseParser;
import org.jclouds.rest.annotations.SelectJson;
import org.jclouds.rest.binders.BindToJsonPayload;
import org.jspecify.annotations.Nullable;

/** Calls of the compute API 2.1 which jclouds lacks or whose answers it cuts short. */
@Headers(keys = NovaGaps.VERSION, values = NovaGaps.COMPUTE)
@RequestFilters(AuthenticateRequest.class)
@Consumes(MediaType.APPLICATION_JSON)
interface NovaGaps {
  /** Header of what is asked for, whatever newer versions the cloud has. */
  String VERSION = "OpenStack-API-Version";

  String COMPUTE = "compute 2.1";

  /** A page of servers with fault, task and MAC addresses. */
  @Named("server:list")
  @GET
  @Path("/servers/detail")
  NovaServer.Page servers(
      @EndpointParam(parser = RegionToEndpoint.class) String region, PaginationOptions page);

  @Named("server:get")
  @GET
  @Path("/servers/{id}")
  @SelectJson("server")
  @Fallback(NullOnNotFoundOr404.class)
  @Nullable NovaServer server(
      @EndpointParam(parser = RegionToEndpoint.class) String region, @PathParam("id") String id);

  /** A page of images with the sizes of what is stored of them. */
  @Named("image:list")
  @GET
  @Path("/images/detail")
  NovaImage.Page images(
      @EndpointParam(parser = RegionToEndpoint.class) String region, PaginationOptions page);

  @Named("image:get")
  @GET
  @Path("/images/{id}")
  @SelectJson("image")
  @Fallback(NullOnNotFoundOr404.class)
  @Nullable NovaImage image(
      @EndpointParam(parser = RegionToEndpoint.class) String region, @PathParam("id") String id);

  /** An action without parameters, for instance {@code pause}. */
  @Named("server:action")
  @POST
  @Path("/servers/{id}/action")
  @Produces(MediaType.APPLICATION_JSON)
  @Payload("%7B\"{action}\":null%7D")
  void act(
      @EndpointParam(parser = RegionToEndpoint.class) String region,
      @PathParam("id") String id,
      @PayloadParam("action") String action);

  /** Makes an image with metadata from the start; returns its id. */
  @Named("server:createImage")
  @POST
  @Path("/servers/{id}/action")
  @Produces(MediaType.APPLICATION_JSON)
  @ResponseParser(ParseImageIdFromLocationHeader.class)
  String createImage(
      @EndpointParam(parser = RegionToEndpoint.class) String region,
      @PathParam("id") String id,
      @BinderParam(BindToJsonPayload.class) Map<String, Object> body);

  @Named("server:console")
  @POST
  @Path("/servers/{id}/action")
  @Produces(MediaType.APPLICATION_JSON)
  @Payload("%7B\"os-getConsoleOutput\":%7B\"length\":{lines}%7D%7D")
  @SelectJson("output")
  String console(
      @EndpointParam(parser = RegionToEndpoint.class) String region,
      @PathParam("id") String id,
      @PayloadParam("lines") int lines);

  /** A volume that is at a server, or on its way there. */
  @Named("attachment:get")
  @GET
  @Path("/servers/{id}/os-volume_attachments/{volume}")
  @SelectJson("volumeAttachment")
  @Fallback(NullOnNotFoundOr404.class)
  @Nullable Attachment attachment(
      @EndpointParam(parser = RegionToEndpoint.class) String region,
      @PathParam("id") String id,
      @PathParam("volume") String volume);

  @Named("attachment:create")
  @POST
  @Path("/servers/{id}/os-volume_attachments")
  @Produces(MediaType.APPLICATION_JSON)
  @SelectJson("volumeAttachment")
  Attachment attach(
      @EndpointParam(parser = RegionToEndpoint.class) String region,
      @PathParam("id") String id,
      @BinderParam(BindToJsonPayload.class) Map<String, Object> body);

  @Named("attachment:delete")
  @DELETE
  @Path("/servers/{id}/os-volume_attachments/{volume}")
  @Fallback(VoidOnNotFoundOr404.class)
  void detach(
      @EndpointParam(parser = RegionToEndpoint.class) String region,
      @PathParam("id") String id,
      @PathParam("volume") String volume);

  record Attachment(String volumeId) {}

  @Named("limits:get")
  @GET
  @Path("/limits")
  @SelectJson("limits")
  Limits limits(@EndpointParam(parser = RegionToEndpoint.class) String region);

  /** Quota of the project and what is used of it; -1 means no limit. */
  record Limits(Absolute absolute) {}

  /**
   * @param maxTotalRAMSize in MiB, like its use
   */
  record Absolute(
      long maxTotalInstances,
      long totalInstancesUsed,
      long maxTotalCores,
      long totalCoresUsed,
      long maxTotalRAMSize,
      long totalRAMUsed) {}
}
