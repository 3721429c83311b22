package io.meltemi.webapp.kill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What came of the kills of one victim during one operation. */
final class Tally {
  static final String HEAD =
      """
      | Killed | during | points | kills | acknowledged | at provider | in store | twice |\
       lost | left over | stuck | failed, told | answers again after s: median |\
       settled after that: median | max |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\
      """;

  private final String victim;
  private final String operation;
  private final int points;
  private final List<Duration> answers = new ArrayList<>();
  private final List<Duration> healed = new ArrayList<>();
  private int acknowledged;
  private int provided;
  private int stored;
  private int twice;
  private int lost;
  private int left;
  private int stuck;
  private int failed;

  Tally(String victim, String operation, int points) {
    this.victim = victim;
    this.operation = operation;
    this.points = points;
  }

  void acknowledged() {
    acknowledged++;
  }

  void failed() {
    failed++;
  }

  /** Sums over all kills. */
  void add(
      Census census,
      List<String> undone,
      Set<String> twins,
      Duration untilItAnswers,
      Duration untilSettled) {
    provided += census.provided().size();
    stored += (int) census.stored().stream().filter(each -> !each.state().equals("ERROR")).count();
    twice += census.twice().size() + twins.size();
    lost += census.lost().size() + undone.size();
    left += census.left().size();
    stuck += Math.max(census.moving().size(), census.jobs());
    answers.add(untilItAnswers);
    healed.add(untilSettled);
  }

  boolean passed() {
    return twice + lost + left + stuck == 0;
  }

  int kills() {
    return healed.size();
  }

  String row() {
    List<Object> cells =
        List.of(
            victim,
            operation,
            points,
            kills(),
            acknowledged,
            provided,
            stored,
            twice,
            lost,
            left,
            stuck,
            failed,
            seconds(median(answers)),
            seconds(median(healed)),
            seconds(Collections.max(healed)));
    return cells.stream().map(Object::toString).collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static Duration median(List<Duration> all) {
    return all.stream().sorted().toList().get(all.size() / 2);
  }

  static String seconds(Duration time) {
    return "%.1f".formatted(time.toMillis() / 1000.0);
  }
}
