package io.meltemi.api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Writes whole bodies; JAX-RS's own providers are not needed. */
public final class BytesWriter implements MessageBodyWriter<byte[]> {
  @Override
  public boolean isWriteable(Class<?> type, Type generic, Annotation[] marks, MediaType media) {
    return type == byte[].class;
  }

  @Override
  public long getSize(
      byte[] bytes, Class<?> type, Type generic, Annotation[] marks, MediaType media) {
    return bytes.length;
  }

  @Override
  public void writeTo(
      byte[] bytes,
      Class<?> type,
      Type generic,
      Annotation[] marks,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    out.write(bytes);
  }
}
