package io.meltemi.model.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.query.Filter.And;
import io.meltemi.model.query.Filter.Comparison;
import io.meltemi.model.query.Filter.Operator;
import io.meltemi.model.query.Filter.Or;
import io.meltemi.model.query.Filter.Property;
import io.meltemi.model.query.Filter.Value;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {
  private static final Comparison A = number("a", Operator.EQUAL, 1);
  private static final Comparison B = number("b", Operator.EQUAL, 2);
  private static final Comparison C = number("c", Operator.EQUAL, 3);

  @Test
  void andBindsTighterThanOr() {
    assertThat(parse("a=1 or b=2 and c=3")).isEqualTo(new Or(A, new And(B, C)));
    assertThat(parse("a=1 and b=2 or c=3")).isEqualTo(new Or(new And(A, B), C));
    assertThat(parse("(a=1 or b=2) and c=3")).isEqualTo(new And(new Or(A, B), C));
  }

  @Test
  void theValueMayStandLeft() {
    assertThat(parse("2<cpu")).isEqualTo(number("cpu", Operator.GREATER, 2));
    assertThat(parse("2 >= cpu")).isEqualTo(number("cpu", Operator.LESS_OR_EQUAL, 2));
    assertThat(parse("'x'!=name")).isEqualTo(text("name", Operator.DIFFERENT, "x"));
    assertThat(parse("'v' = property['k']")).isEqualTo(new Property("k", Operator.EQUAL, "v"));
  }

  @Test
  void everyTypeOfValueIsRead() {
    assertThat(parse("a='it\\'s'")).isEqualTo(text("a", Operator.EQUAL, "it's"));
    assertThat(parse("a=\"it's\"")).isEqualTo(text("a", Operator.EQUAL, "it's"));
    assertThat(parse("a=true"))
        .isEqualTo(new Comparison("a", Operator.EQUAL, new Value.Flag(true)));
    assertThat(parse("created>=2026-11-21T08:00:00+01:00"))
        .isEqualTo(moment("created", Operator.GREATER_OR_EQUAL, "2026-11-21T07:00:00Z"));
    assertThat(parse("created<2026-11-21"))
        .isEqualTo(moment("created", Operator.LESS, "2026-11-21T00:00:00Z"));
    assertThat(parse("created<'2026-11-21T00:00:00Z'"))
        .isEqualTo(moment("created", Operator.LESS, "2026-11-21T00:00:00Z"));
    assertThat(parse("property [ 'a b' ] = \"c\""))
        .isEqualTo(new Property("a b", Operator.EQUAL, "c"));
  }

  @Test
  void namesMayBeginLikeWordsOfTheLanguage() {
    assertThat(parse("order=1 and android=2 or trueness=3"))
        .isEqualTo(
            new Or(
                new And(number("order", Operator.EQUAL, 1), number("android", Operator.EQUAL, 2)),
                number("trueness", Operator.EQUAL, 3)));
  }

  @Test
  void severalParametersMustAllHold() {
    assertThat(FilterParser.parse(List.of("a=1 or b=2", "", "c=3")))
        .contains(new And(new Or(A, B), C));
    assertThat(FilterParser.parse(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a=",
        "=1",
        "a=1 b=2",
        "(a=1",
        "a=1)",
        "a='x",
        "a==1",
        "a=1 and",
        "and",
        "a<'x'",
        "a<true",
        "property['k']<'v'",
        "property['k']=1",
        "property[k]='v'",
        "a=b",
        "a=2026-13-01",
        "a=99999999999999999999",
        "a~1",
        "a=1 xor b=2",
        "!a=1",
        "()",
        "a=1;b=2"
      })
  void aMistakeIsToldWithItsPlace(String filter) {
    Problem problem = refusal(filter);
    assertThat(problem.code()).isEqualTo("filter.syntax");
    assertThat(problem.field()).contains("$filter");
    assertThat(problem.message()).contains("at character");
  }

  @Test
  void theLimitsAreNamed() {
    assertThat(refusal("a='" + "x".repeat(4096) + "'").code()).isEqualTo("filter.too-long");
    assertThat(refusal("a=1" + " or a=1".repeat(64)).code()).isEqualTo("filter.too-many-terms");
    assertThat(refusal("(".repeat(16) + "a=1" + ")".repeat(16)).code())
        .isEqualTo("filter.too-deep");
    assertThat(parse("(".repeat(15) + "a=1" + ")".repeat(15))).isEqualTo(A);
  }

  @Test
  void orderIsReadWithItsDirections() {
    assertThat(Orderings.parse(List.of("name:desc, created", "cpu:asc")))
        .containsExactly(
            new Ordering("name", true), new Ordering("created", false), new Ordering("cpu", false));
    Problem problem =
        catchThrowableOfType(ProblemException.class, () -> Orderings.parse(List.of("name:down")))
            .problem();
    assertThat(problem.field()).contains("$orderby");
  }

  private static Filter parse(String filter) {
    return FilterParser.parse(List.of(filter)).orElseThrow();
  }

  private static Problem refusal(String filter) {
    return catchThrowableOfType(ProblemException.class, () -> parse(filter)).problem();
  }

  private static Comparison number(String attribute, Operator operator, long number) {
    return new Comparison(attribute, operator, new Value.Number(number));
  }

  private static Comparison text(String attribute, Operator operator, String text) {
    return new Comparison(attribute, operator, new Value.Text(text));
  }

  private static Comparison moment(String attribute, Operator operator, String time) {
    return new Comparison(attribute, operator, new Value.Moment(Instant.parse(time)));
  }
}
