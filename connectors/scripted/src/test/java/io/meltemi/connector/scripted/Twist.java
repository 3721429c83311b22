package io.meltemi.connector.scripted;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Does something else than the honest object would. */
interface Twist {
  @Nullable Object call(Call call);

  /** A call on its way to the honest object. */
  record Call(Object honest, Method method, Object[] arguments) {
    boolean is(String name) {
      return method.getName().equals(name);
    }

    <T> T argument(Class<T> type) {
      return type.cast(arguments[0]);
    }

    boolean asksFor(Class<?> type) {
      return arguments.length > 0 && type.isInstance(arguments[0]);
    }

    @Nullable Object goOn() {
      return goOnWith(arguments);
    }

    @Nullable Object goOnWith(Object... others) {
      try {
        return method.invoke(honest, others);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof RuntimeException refused) {
          throw refused;
        }
        throw new IllegalStateException(e);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The object with this twist. */
  static <T> T of(Class<T> type, T honest, Twist twist) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                twist.call(
                    new Call(honest, method, arguments == null ? new Object[0] : arguments))));
  }
}
