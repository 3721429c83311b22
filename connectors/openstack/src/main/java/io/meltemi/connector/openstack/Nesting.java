package io.meltemi.connector.openstack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;

/**
 * How deep an answer is nested. Some of jclouds' readers call themselves for each level, until the
 * stack ends; so levels are counted before, as leniently as those read.
 */
final class Nesting {
  private static final int DEEPEST = 64;

  private Nesting() {}

  /** What is no JSON is left to whoever reads it: nobody comes further than here. */
  static void check(byte[] body) throws IOException {
    try (JsonReader reader =
        new JsonReader(new InputStreamReader(new ByteArrayInputStream(body), UTF_8))) {
      reader.setStrictness(Strictness.LENIENT);
      int depth = 0;
      while (reader.peek() != JsonToken.END_DOCUMENT) {
        depth += step(reader, reader.peek());
        if (depth > DEEPEST) {
          throw new IOException("the answer is nested deeper than " + DEEPEST + " levels");
        }
      }
    } catch (MalformedJsonException | EOFException e) {
      return;
    }
  }

  /** How many levels it leads down. */
  private static int step(JsonReader reader, JsonToken next) throws IOException {
    switch (next) {
      case BEGIN_ARRAY -> reader.beginArray();
      case BEGIN_OBJECT -> reader.beginObject();
      case END_ARRAY -> reader.endArray();
      case END_OBJECT -> reader.endObject();
      case NAME, STRING, NUMBER, BOOLEAN, NULL, END_DOCUMENT -> reader.skipValue();
    }
    return switch (next) {
      case BEGIN_ARRAY, BEGIN_OBJECT -> 1;
      case END_ARRAY, END_OBJECT -> -1;
      case NAME, STRING, NUMBER, BOOLEAN, NULL, END_DOCUMENT -> 0;
    };
  }
}
