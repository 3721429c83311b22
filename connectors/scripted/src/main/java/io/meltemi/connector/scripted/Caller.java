package io.meltemi.connector.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.NoAnswerException;
import io.meltemi.connector.Pace;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Speaks to a scripted cloud that is a process of its own. */
public final class Caller {
  private final Address address;
  private final Line line;
  private final Optional<String> password;
  private final Pace pace = new Pace();

  /** How a connection to the cloud is made. */
  interface Line {
    SocketChannel open() throws IOException;
  }

  Caller(Address address, Line line, Optional<String> password) {
    this.address = address;
    this.line = line;
    this.password = password;
  }

  /**
   * The cloud's back stage, for those who run it.
   *
   * @param address {@code unix:PATH} or {@code 127.0.0.1:PORT}
   */
  public static Backstage backstage(String address, Optional<String> password) {
    Address parsed = Address.parse(address);
    return new Caller(parsed, parsed::direct, password).as(Backstage.class);
  }

  /** {@link Cloud} or {@link Backstage} over the socket. */
  <T> T as(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(type, method, arguments)));
  }

  private @Nullable Object call(Class<?> type, Method method, Object @Nullable [] arguments) {
    if (method.getDeclaringClass() == Object.class) {
      return method.getName().equals("toString") ? type.getSimpleName() + " at " + address : null;
    }
    List<JsonNode> written =
        arguments == null
            ? List.of()
            : Arrays.stream(arguments).<JsonNode>map(Texts.JSON::valueToTree).toList();
    Wire.Answer answer =
        ask(new Wire.Question(password, type.getSimpleName(), method.getName(), written));
    if (answer.fault().isPresent()) {
      throw new ConnectorException(
          answer.fault().get(), answer.reason().orElse(""), null, answer.retryAfter());
    }
    return value(answer.value(), method);
  }

  private @Nullable Object value(JsonNode written, Method method) {
    try {
      return Texts.JSON.convertValue(
          written, Texts.JSON.constructType(method.getGenericReturnType()));
    } catch (IllegalArgumentException e) {
      throw new ConnectorException(
          Fault.UNKNOWN, address + " does not answer as a scripted cloud does", e);
    }
  }

  private Wire.Answer ask(Wire.Question question) {
    try (SocketChannel channel = connect()) {
      Wire.send(channel, question);
      return Wire.receive(pace.over(Channels.newInputStream(channel)), Wire.Answer.class)
          .orElseThrow(() -> new IOException("the connection ended without an answer"));
    } catch (IOException e) {
      throw new ConnectorException(
          Fault.UNKNOWN, "no answer from " + address + ": " + e.getMessage(), e);
    }
  }

  private SocketChannel connect() {
    try {
      return line.open();
    } catch (NoAnswerException e) {
      throw new ConnectorException(Fault.TRANSIENT, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new ConnectorException(
          Fault.TRANSIENT, "cannot reach " + address + ": " + e.getMessage(), e);
    }
  }
}
