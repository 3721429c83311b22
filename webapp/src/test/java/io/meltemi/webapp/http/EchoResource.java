package io.meltemi.webapp.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A small application to be served. */
@Path("/echo")
public final class EchoResource {
  final CountDownLatch entered = new CountDownLatch(1);
  final CountDownLatch let = new CountDownLatch(1);

  @GET
  public byte[] hello() {
    return "hello".getBytes(StandardCharsets.UTF_8);
  }

  @GET
  @Path("base")
  public byte[] base(@Context ContainerRequestContext request) {
    return request.getUriInfo().getRequestUri().toString().getBytes(StandardCharsets.UTF_8);
  }

  @POST
  public Response back(@Context ContainerRequestContext request) {
    try {
      return Response.ok(request.getEntityStream().readAllBytes()).build();
    } catch (IOException e) {
      return Response.status(400).build();
    }
  }

  @POST
  @Path("unread")
  public Response unread() {
    return Response.status(413).entity("too much".getBytes(StandardCharsets.UTF_8)).build();
  }

  @GET
  @Path("slow")
  public byte[] slow() throws InterruptedException {
    entered.countDown();
    boolean free = let.await(10, TimeUnit.SECONDS);
    return (free ? "done" : "never let").getBytes(StandardCharsets.UTF_8);
  }

  @GET
  @Path("stream")
  public Response stream() {
    StreamingOutput out =
        stream -> {
          for (int part = 1; part <= 3; part++) {
            stream.write(("part " + part + "\n").getBytes(StandardCharsets.UTF_8));
            stream.flush();
          }
        };
    return Response.ok(out).header("Content-Type", "text/plain").build();
  }
}
