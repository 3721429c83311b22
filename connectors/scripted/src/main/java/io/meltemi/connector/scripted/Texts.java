package io.meltemi.connector.scripted;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How scripts, states and calls are written and read; both mappers are never changed. */
final class Texts {
  static final int DEEPEST = 64;

  static final ObjectMapper JSON = configured(JsonMapper.builder(shallow()));

  /** JSON is YAML too. */
  static final ObjectMapper YAML = configured(YAMLMapper.builder());

  private Texts() {}

  /** What stands in a cloud's place may send levels without end. */
  private static JsonFactory shallow() {
    return JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
        .build();
  }

  /** A list that is missing is an empty one. */
  private static ObjectMapper configured(MapperBuilder<?, ?> builder) {
    JsonSetter.Value asEmpty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
    return builder
        .addModules(new Jdk8Module(), new JavaTimeModule())
        .withConfigOverride(List.class, list -> list.setSetterInfo(asEmpty))
        .withConfigOverride(Set.class, set -> set.setSetterInfo(asEmpty))
        .withConfigOverride(Map.class, map -> map.setSetterInfo(asEmpty))
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .build();
  }
}
