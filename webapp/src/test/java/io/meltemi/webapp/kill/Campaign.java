package io.meltemi.webapp.kill;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** One place: looks which points each operation passes, then kills at them, one after another. */
final class Campaign {
  static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration START = Duration.ofMinutes(5);

  /** A victim that still lives when nothing is under way any more will not pass its point. */
  private static final Duration IDLE = Duration.ofSeconds(3);

  /** What a provider carries out later comes in its delay, and a little. */
  private static final Duration LATER = Duration.ofSeconds(2);

  /** How often the same thing is done in a loop tells nothing new after this. */
  private static final int MOST_PASSAGES = 2;

  static final int ATTEMPTS = 3;

  /** So long what a provider is able to do may not be known, at most. */
  private static final Duration HIDDEN = Duration.ofSeconds(30);

  /** Where some points are asked for, this many others may take the place of those not passed. */
  private static final int SPARE = 3;

  private final Place place;
  private final Broker broker;
  private final Switchboard switchboard;
  private final Wishes wishes;
  private final Random random;
  private final PrintStream out;
  private final Pattern during;
  private final Map<Series, Tally> tallies = new LinkedHashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final Set<String> twins = new TreeSet<>();
  private Optional<Switchboard.Line> agent = Optional.empty();

  /** An operation during which somebody is killed. */
  private record Series(String victim, Operation operation) {}

  /** One kill. */
  record Kill(Series series, String point) {
    @Override
    public String toString() {
      return series.victim() + ", " + series.operation() + ", " + point;
    }
  }

  /**
   * @param during operations: the whole of victim, comma, words
   */
  Campaign(Place place, Broker broker, Switchboard switchboard, Random random, Pattern during) {
    this.place = place;
    this.broker = broker;
    this.switchboard = switchboard;
    this.wishes = new Wishes(place, broker, this::plainly);
    this.random = random;
    this.during = during;
    this.out = System.out;
  }

  /**
   * @param kills how many at most; 0 kills once at every point
   * @param only regular expression that the kills have in them
   * @param time after which no kill begins
   * @return what went wrong, and where
   */
  List<String> run(int kills, Pattern only, Duration time)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(time);
    place.join(broker.api());
    if (place.victims().contains("agent")) agent = Optional.of(switchboard.line("agent", START));
    await().atMost(Duration.ofMinutes(5)).until(() -> broker.api().ready());
    List<Kill> all = new ArrayList<>();
    for (String victim : place.victims()) {
      List<String> plain = List.of();
      for (Operation operation : place.operations()) {
        Series series = new Series(victim, operation);
        if (!during.matcher(victim + ", " + operation).matches()) continue;
        List<String> points = observed(series);
        if (operation == Operation.CREATE) plain = points;
        else points.removeAll(plain.stream().filter(it -> !operation.isSpecial(it)).toList());
        all.addAll(points.stream().map(point -> new Kill(series, point)).toList());
        tallies.put(series, new Tally(victim, operation.toString(), points.size()));
      }
    }
    List<Kill> matching = all.stream().filter(it -> only.matcher(it.toString()).find()).toList();
    int wanted = kills == 0 ? matching.size() : kills;
    out.printf("%s: %d points, %d kills%n", place.name(), all.size(), wanted);
    place.rough(true);
    carryOut(chosen(matching, kills == 0 ? 0 : kills + SPARE), wanted, end);
    place.rough(false);
    clear();
    return violations;
  }

  /** Kills that were asked for and did not happen prove nothing, so they count as a violation. */
  private void carryOut(List<Kill> chosen, int wanted, Instant end)
      throws IOException, InterruptedException {
    List<Kill> missed = new ArrayList<>();
    int done = 0;
    for (Kill kill : chosen) {
      if (done == wanted || Instant.now().isAfter(end)) break;
      if (carriedOutAtLast(kill)) done++;
      else missed.add(kill);
    }
    if (done == 0 || done < wanted) {
      violations.add("%d kills of %d; not passed: %s".formatted(done, wanted, missed));
    }
  }

  /** Nothing of ours stays at the provider. */
  private void clear() throws InterruptedException {
    Api api = broker.api();
    while (!api.machines().isEmpty()) plainly(Operation.DELETE);
    wishes.remove(api::snapshots);
    wishes.remove(api::volumes);
    wishes.remove(wishes::captured);
    wishes.remove(api::networks);
    if (!place.things().isEmpty()) violations.add("left at the end: " + place.things());
    if (!place.images().isEmpty()) violations.add("left at the end: " + place.images());
  }

  void print() {
    out.println(Tally.HEAD);
    tallies.values().stream()
        .filter(each -> each.kills() > 0)
        .map(Tally::row)
        .forEach(out::println);
  }

  private List<String> observed(Series series) throws IOException, InterruptedException {
    Wishes.Asked asked = wishes.ask(series.operation()); // may first make what the operation needs
    line(series).count();
    expectTaken(broker.api().send(asked.wish()).orElseThrow());
    settled(asked);
    List<String> points = new ArrayList<>();
    for (String passed : line(series).passed()) {
      boolean sweeping = passed.startsWith("Sweep.");
      if (sweeping && series.operation() != Operation.CREATE_TOO_LATE) continue;
      int at = passed.lastIndexOf('#') + 1;
      int times = Math.min(MOST_PASSAGES, Integer.parseInt(passed.substring(at)));
      for (int n = 1; n <= times; n++) points.add(passed.substring(0, at) + n);
    }
    return points;
  }

  /** All of them, some of them, or some more than once; wherever it is cut off, a fair choice. */
  private List<Kill> chosen(List<Kill> all, int kills) {
    int most = kills == 0 ? all.size() : kills;
    List<Kill> chosen = new ArrayList<>();
    while (chosen.size() < most && !all.isEmpty()) {
      List<Kill> round = new ArrayList<>(all);
      Collections.shuffle(round, random);
      chosen.addAll(fair(round, Math.min(round.size(), most - chosen.size())));
    }
    return chosen;
  }

  /** As many of each series as of the others, as long as there are some. */
  private static List<Kill> fair(List<Kill> shuffled, int many) {
    Map<Series, List<Kill>> bySeries = new LinkedHashMap<>();
    for (Kill kill : shuffled) {
      bySeries.computeIfAbsent(kill.series(), none -> new ArrayList<>()).add(kill);
    }
    List<Kill> fair = new ArrayList<>();
    while (fair.size() < many) {
      for (List<Kill> each : bySeries.values()) {
        if (fair.size() < many && !each.isEmpty()) fair.add(each.removeLast());
      }
    }
    return fair;
  }

  /** Not every point is passed every time: others work beside. */
  private boolean carriedOutAtLast(Kill kill) throws IOException, InterruptedException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (carriedOut(kill)) return true;
    }
    out.printf("  %s: not passed in %d attempts%n", kill, ATTEMPTS);
    return false;
  }

  private boolean carriedOut(Kill kill) throws IOException, InterruptedException {
    Tally tally = tallies.get(kill.series());
    if (tally == null) throw new IllegalStateException("nothing was observed of " + kill);
    Wishes.Asked asked = wishes.ask(kill.series().operation());
    line(kill.series()).endAt(kill.point());
    Optional<Api.Answer> answer = broker.api().send(asked.wish());
    if (answer.filter(this::hidden).isPresent()) {
      line(kill.series()).count();
      pause(place.hidden());
      return false;
    }
    answer.ifPresent(Campaign::expectTaken);
    Program victim = program(kill.series());
    if (!ends(victim, asked)) {
      line(kill.series()).count();
      settled(asked);
      return false;
    }
    twins.clear();
    Instant began = Instant.now();
    restart(kill.series());
    Instant answers = Instant.now();
    if (answer.isEmpty() && random.nextBoolean()) answer = askedAgain(asked);
    if (answer.isPresent()) tally.acknowledged();
    Census census = settled(asked);
    Duration healed = Duration.between(answers, Instant.now());
    List<String> undone =
        answer.map(given -> undone(asked, given, census, tally)).orElse(List.of());
    tally.add(census, undone, twins, Duration.between(began, answers), healed);
    judge(kill, asked, census, undone);
    out.printf(
        "  %s: %s after %s s%n",
        kill, answer.isPresent() ? "acknowledged, settled" : "settled", Tally.seconds(healed));
    return true;
  }

  private void judge(Kill kill, Wishes.Asked asked, Census census, List<String> undone) {
    if (census.settled() && undone.isEmpty() && twins.isEmpty()) return;
    String words =
        "%s (%s): twice %s, lost %s, left over %s, stuck %s, %d jobs"
            .formatted(
                kill,
                asked.name(),
                census.twice().isEmpty() ? twins : census.twice(),
                census.lost().isEmpty() ? undone : census.lost(),
                census.left(),
                census.moving(),
                census.jobs());
    violations.add(words);
    out.println("VIOLATION " + words);
  }

  /** Nobody is killed. */
  private Wishes.Asked plainly(Operation operation) throws InterruptedException {
    Wishes.Asked asked = wishes.ask(operation);
    Api.Answer answer = broker.api().send(asked.wish()).orElseThrow();
    Instant end = Instant.now().plus(HIDDEN);
    while (hidden(answer) && Instant.now().isBefore(end)) {
      pause(place.hidden());
      asked = wishes.ask(operation);
      answer = broker.api().send(asked.wish()).orElseThrow();
    }
    expectTaken(answer);
    settled(asked);
    broker.api().failure(answer).ifPresent(told -> out.printf("  %s: %s%n", operation, told));
    return asked;
  }

  /** Refused because it is not known for a moment what the provider is able to do. */
  private boolean hidden(Api.Answer answer) {
    return answer.status() == 409 && !place.hidden().isZero();
  }

  private static void pause(Duration time) {
    await().pollDelay(time).until(() -> true);
  }

  static void expectTaken(Api.Answer answer) {
    if (answer.status() != 202) throw new IllegalStateException("not taken: " + answer);
  }

  /** As a client does that got no answer: the same wish under the same key. */
  private Optional<Api.Answer> askedAgain(Wishes.Asked asked) {
    Api.Answer answer = broker.api().send(asked.wish()).orElseThrow();
    if (hidden(answer)) return Optional.empty();
    boolean gone = asked.operation().ends() && answer.status() == 404;
    if (!gone) expectTaken(answer);
    return Optional.of(answer);
  }

  /** Whether the victim ends; it does not when its point is not passed this time. */
  private boolean ends(Program victim, Wishes.Asked asked) throws InterruptedException {
    Instant since = Instant.now();
    while (victim.alive()) {
      if (busy(asked)) since = Instant.now();
      if (Duration.between(since, Instant.now()).compareTo(IDLE) > 0) return false;
      pause(Duration.ofMillis(200));
    }
    victim.awaitKilled();
    return true;
  }

  private boolean busy(Wishes.Asked asked) {
    try {
      return Instant.now().isBefore(asked.at().plus(asked.operation().delay()))
          || broker.api().jobs() > 0;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** Returns when the victim was started again and answers. */
  private void restart(Series series) throws IOException, InterruptedException {
    if (series.victim().equals("broker")) {
      broker.restart();
    } else {
      place.restart();
      agent = Optional.of(switchboard.line("agent", START));
    }
  }

  private Program program(Series series) {
    return series.victim().equals("broker") ? broker.program() : place.victim();
  }

  private Switchboard.Line line(Series series) {
    return series.victim().equals("broker") ? broker.line() : agent.orElseThrow();
  }

  /** How all stands when nothing is under way any more, or patience is over. */
  private Census settled(Wishes.Asked asked) {
    Duration delay = asked.operation().delay();
    Instant late = asked.at().plus(delay.isZero() ? delay : delay.plus(LATER));
    try {
      return await()
          .atMost(PATIENCE.plus(delay))
          .pollInterval(Duration.ofMillis(200))
          .until(this::census, census -> census.settled() && Instant.now().isAfter(late));
    } catch (ConditionTimeoutException e) {
      return Census.of(place, broker.api());
    }
  }

  /** Looks closer when nothing is under way, and at twins each time: they may be removed soon. */
  private Census census() {
    Census.twins(place.things()).forEach(twins::add);
    return broker.api().jobs() > 0 ? Census.BUSY : Census.of(place, broker.api());
  }

  /**
   * What was acknowledged and did not happen. A failure that is told, by the thing's state or by
   * the job, is counted apart where the operation may fail, and is a loss where nothing but the
   * kill went wrong.
   */
  private List<String> undone(Wishes.Asked asked, Api.Answer answer, Census census, Tally tally) {
    Optional<String> state =
        asked.operation().concernsImage()
            ? census.image(asked.name()).map(Api.Item::state)
            : census.thing(asked.name()).map(Api.Item::state);
    Optional<String> failure = broker.api().failure(answer);
    failure.ifPresent(told -> out.printf("  %s: %s%n", asked.operation(), told));
    if (state.equals(Optional.of("ERROR")) || failure.isPresent()) {
      tally.failed();
      return place.mayFail(asked.operation())
          ? List.of()
          : List.of(asked.operation() + " " + asked.name() + " failed");
    }
    boolean done =
        switch (asked.operation()) {
          case CREATE, CREATE_LOST, CREATE_LATE, CREATE_TOO_LATE, CREATE_INSIDE, NETWORK ->
              state.equals(Optional.of("STARTED"));
          case CREATE_REACHED ->
              state.equals(Optional.of("STARTED"))
                  && census.thing(Place.addressOf(asked.name())).isPresent();
          case STOP -> state.equals(Optional.of("STOPPED"));
          case RESTORE -> state.equals(Optional.of("STARTED"));
          case CAPTURE, MOMENT, SNAPSHOT -> state.equals(Optional.of("AVAILABLE"));
          case VOLUME -> state.equals(Optional.of(Place.FREE));
          case ATTACH -> state.filter(it -> !it.equals(Place.FREE)).isPresent();
          case DETACH -> state.equals(Optional.of(Place.FREE));
          case DELETE, DELETE_REACHED, DELETE_MOMENT, DELETE_VOLUME, DELETE_NETWORK ->
              state.isEmpty();
        };
    return done
        ? List.of()
        : List.of(asked.operation() + " " + asked.name() + ": " + state.orElse("gone"));
  }
}
