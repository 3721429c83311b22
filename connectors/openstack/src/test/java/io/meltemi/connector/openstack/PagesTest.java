package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.openstack.Pages.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static List<String> read(Pages.Reader<String> reader) {
    return Pages.all("things", thing -> thing, reader);
  }

  private static void givenUp(String words, Pages.Reader<String> reader) {
    assertThatThrownBy(() -> read(reader))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(Fault.TRANSIENT);
              assertThat(e.reason()).isEqualTo("the list of things " + words);
            });
  }

  @Test
  void eachPartBeginsAfterTheLastEntryOfTheOneBefore() {
    List<Optional<String>> asked = new ArrayList<>();
    List<String> all =
        read(last -> {
          asked.add(last);
          return last.isEmpty()
              ? new Part<>(List.of("a", "b"), true)
              : new Part<>(List.of("c"), false);
        });
    assertThat(all).containsExactly("a", "b", "c");
    assertThat(asked).containsExactly(Optional.empty(), Optional.of("b"));
  }

  @Test
  void whatMovedToTheNextPartMeanwhileIsThereOnce() {
    assertThat(
            read(last ->
                last.isEmpty()
                    ? new Part<>(List.of("a", "b"), true)
                    : new Part<>(List.of("b", "c"), false)))
        .containsExactly("a", "b", "c");
  }

  @Test
  void whatIsNotWantedIsReadAndLeftOut() {
    List<String> wanted =
        Pages.those(
            "things",
            thing -> thing,
            thing -> thing.equals("c"),
            last ->
                last.isEmpty()
                    ? new Part<>(List.of("a", "b"), true)
                    : new Part<>(List.of("c", "d"), false));
    assertThat(wanted).containsExactly("c");
  }

  @Test
  void aListOfWhatNobodyWantsIsGivenUpToo() {
    AtomicInteger next = new AtomicInteger();
    assertThatThrownBy(() ->
            Pages.those(
                "things",
                thing -> thing,
                thing -> false,
                last -> new Part<>(List.of("t" + next.incrementAndGet(), "u" + next), true)))
        .isInstanceOf(ConnectorException.class);
    assertThat(next.get()).isGreaterThan(Pages.MOST / 2);
  }

  @Test
  void anEmptyPartIsTheLast() {
    assertThat(read(last -> new Part<>(List.of(), true))).isEmpty();
  }

  @Test
  void aListThatGoesRoundInACircleIsGivenUp() {
    givenUp("begins again", last -> new Part<>(List.of("a", "b"), true));
  }

  @Test
  void aListWithoutEndIsGivenUp() {
    AtomicInteger next = new AtomicInteger();
    givenUp(
        "does not end",
        last ->
            new Part<>(
                IntStream.range(0, 1000).mapToObj(i -> "t" + next.incrementAndGet()).toList(),
                true));
    assertThat(next).hasValue(Pages.MOST + 1000);
  }

  @Test
  void aListOfFewEntriesThatWouldFillTheMemoryIsGivenUp() {
    AtomicInteger next = new AtomicInteger();
    String padding = "x".repeat(8 << 20);
    givenUp("does not end", last -> new Part<>(List.of(padding + next.incrementAndGet()), true));
    assertThat(next).hasValue(8);
  }
}
