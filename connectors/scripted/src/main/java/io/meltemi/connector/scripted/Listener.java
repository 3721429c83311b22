package io.meltemi.connector.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Answers callers on a socket for one scripted cloud, each on a thread of its own. */
final class Listener implements AutoCloseable {
  private final ScriptedCloud cloud;
  private final ServerSocketChannel socket;
  private volatile long asked = System.nanoTime();

  Listener(ScriptedCloud cloud, Address address) throws IOException {
    this.cloud = cloud;
    socket = ServerSocketChannel.open(address.family());
    socket.bind(address.socket());
  }

  /** Where it listens; names the port that was free when 0 was asked for. */
  String address() throws IOException {
    return String.valueOf(socket.getLocalAddress());
  }

  Duration unusedFor() {
    return Duration.ofNanos(System.nanoTime() - asked);
  }

  /** Returns when it is closed. */
  void listen() throws IOException {
    try {
      while (true) {
        SocketChannel channel = socket.accept();
        asked = System.nanoTime();
        Thread.startVirtualThread(() -> serve(channel));
      }
    } catch (ClosedChannelException closed) {
      return;
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      Optional<Wire.Question> question =
          Wire.receive(Channels.newInputStream(channel), Wire.Question.class);
      Optional<Wire.Answer> answer = question.flatMap(this::answer);
      if (answer.isPresent()) {
        Wire.send(channel, answer.get());
      }
    } catch (IOException gone) {
      // The caller has left; it is its part to ask again.
      return;
    }
  }

  /** Empty when the answer shall be lost. */
  private Optional<Wire.Answer> answer(Wire.Question question) {
    try {
      return Optional.of(Wire.Answer.of(Texts.JSON.valueToTree(carryOut(question))));
    } catch (ConnectorException e) {
      return e.fault() == Fault.UNKNOWN
          ? Optional.empty()
          : Optional.of(Wire.Answer.of(e.fault(), e.reason(), e.retryAfter()));
    } catch (IllegalArgumentException e) {
      return Optional.of(
          Wire.Answer.of(Fault.BAD_REQUEST, String.valueOf(e.getMessage()), Optional.empty()));
    }
  }

  private Object carryOut(Wire.Question question) {
    boolean backstage = question.interfaceName().equals(Backstage.class.getSimpleName());
    Class<?> type = backstage ? Backstage.class : Cloud.class;
    if (backstage) {
      cloud.checkPassword(question.password());
    }
    Object target = backstage ? cloud : cloud.door(question.password());
    Method method = method(type, question);
    try {
      Object answer = method.invoke(target, arguments(method, question.arguments()));
      return answer == null ? Optional.empty() : answer;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof ConnectorException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Method method(Class<?> type, Wire.Question question) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals(question.method()))
        .filter(method -> method.getParameterCount() == question.arguments().size())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no call " + question.method()));
  }

  private static Object[] arguments(Method method, List<JsonNode> written) {
    Type[] types = method.getGenericParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = Texts.JSON.convertValue(written.get(i), Texts.JSON.constructType(types[i]));
    }
    return arguments;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
