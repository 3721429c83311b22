package io.meltemi.model.query;

import java.util.HashSet;
import java.util.Set;

/** A filter expression (R69 to R72). */
public sealed interface Filter {
  /** Names of the attributes that it looks at. */
  Set<String> attributes();

  /** Both must hold. */
  record And(Filter left, Filter right) implements Filter {
    @Override
    public Set<String> attributes() {
      return both(left, right);
    }
  }

  /** One must hold. */
  record Or(Filter left, Filter right) implements Filter {
    @Override
    public Set<String> attributes() {
      return both(left, right);
    }
  }

  /** An attribute compared with a value; the attribute always stands left. */
  record Comparison(String attribute, Operator operator, Value value) implements Filter {
    @Override
    public Set<String> attributes() {
      return Set.of(attribute);
    }
  }

  /** {@code property['key'] operator 'text'}. */
  record Property(String key, Operator operator, String text) implements Filter {
    @Override
    public Set<String> attributes() {
      return Set.of("properties");
    }
  }

  private static Set<String> both(Filter left, Filter right) {
    Set<String> all = new HashSet<>(left.attributes());
    all.addAll(right.attributes());
    return all;
  }

  /** Comparison operators. Strings and booleans know the first two only. */
  enum Operator {
    EQUAL,
    DIFFERENT,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /** What an attribute is compared with. */
  sealed interface Value {
    record Number(long number) implements Value {}

    record Text(String text) implements Value {}

    record Flag(boolean flag) implements Value {}

    /** A date or date and time. */
    record Moment(java.time.Instant time) implements Value {}
  }
}
