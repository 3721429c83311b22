package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedLookTest {
  private static final int FEW = 3;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentLinkedQueue<String> alone = new ConcurrentLinkedQueue<>();
  private final AtomicInteger lists = new AtomicInteger();
  private final CountDownLatch answered = new CountDownLatch(1);
  private volatile List<String> there = List.of();
  private volatile long length = 20;
  private volatile boolean listFails;
  private volatile Optional<Duration> pause = Optional.empty();
  private volatile CountDownLatch listed = new CountDownLatch(0);

  private final SharedLook<String> look = new SharedLook<>(this::one, this::all, each -> each);

  private Optional<String> one(String wanted) {
    alone.add(wanted);
    waitFor(answered);
    return Optional.of(wanted).filter(there::contains);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private SharedLook.Listed<String> all() {
    lists.incrementAndGet();
    waitFor(listed);
    if (listFails) throw new ConnectorException(Fault.TRANSIENT, "no list", null, pause);
    return new SharedLook.Listed<>(there, length);
  }

  @AfterEach
  void close() {
    answered.countDown();
    listed.countDown();
    threads.close();
  }

  private List<Future<Optional<String>>> ask(List<String> wanted) {
    return wanted.stream().map(each -> threads.submit(() -> look.at(each))).toList();
  }

  private Future<Optional<String>> ask(String wanted) {
    return ask(List.of(wanted)).getFirst();
  }

  private static List<String> numbers(String of, int count) {
    return IntStream.range(0, count).mapToObj(i -> of + i).toList();
  }

  /** As many as are read one by one are under way, and none of them ends. */
  private void busy() {
    ask(numbers("busy", FEW));
    await().until(() -> alone.size() == FEW);
  }

  @Test
  void fewAreReadOneByOne() throws Exception {
    look.all();
    there = numbers("few", FEW);
    List<Future<Optional<String>>> asked = ask(there);
    await().until(() -> alone.size() == FEW);
    answered.countDown();
    for (int i = 0; i < FEW; i++) assertThat(asked.get(i).get()).contains(there.get(i));
    assertThat(lists).hasValue(1);
  }

  /** One that somebody acts on, and looks for afterwards. */
  private record Acted(String id, int times) {}

  /** And a list that is lost is told to one at most: the others' answers may yet come. */
  @Test
  void whoeverActedSeesItHoweverManyLookAtOnce() throws Exception {
    ConcurrentHashMap<String, Integer> acts = new ConcurrentHashMap<>();
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger lost = new AtomicInteger();
    AtomicInteger told = new AtomicInteger();
    SharedLook<Acted> shared =
        new SharedLook<>(
            id -> slowly(calls, () -> Optional.of(new Acted(id, acts.getOrDefault(id, 0)))),
            () -> slowly(calls, () -> listed(acts, calls, lost)),
            Acted::id);
    List<Future<Boolean>> actors =
        numbers("m", 32).stream()
            .map(id -> threads.submit(() -> sees(shared, acts, id, told)))
            .toList();
    for (Future<Boolean> actor : actors) assertThat(actor.get()).isTrue();
    assertThat(calls.get()).isLessThan(32 * 20 / 2);
    assertThat(lost.get()).isPositive();
    assertThat(told.get()).isLessThanOrEqualTo(lost.get());
  }

  private static boolean sees(
      SharedLook<Acted> shared, Map<String, Integer> acts, String id, AtomicInteger told) {
    return IntStream.rangeClosed(1, 10)
        .allMatch(time -> {
          acts.put(id, time);
          Acted now = new Acted(id, time);
          return isTold(told, () -> shared.at(id).equals(Optional.of(now)))
              && isTold(told, () -> shared.all().contains(now));
        });
  }

  private static boolean isTold(AtomicInteger told, BooleanSupplier sees) {
    try {
      return sees.getAsBoolean();
    } catch (ConnectorException e) {
      told.incrementAndGet();
      return true;
    }
  }

  private static SharedLook.Listed<Acted> listed(
      Map<String, Integer> acts, AtomicInteger calls, AtomicInteger lost) {
    if (calls.get() % 5 == 0) {
      lost.incrementAndGet();
      throw new ConnectorException(Fault.TRANSIENT, "no list");
    }
    List<Acted> all =
        acts.entrySet().stream().map(it -> new Acted(it.getKey(), it.getValue())).toList();
    return new SharedLook.Listed<>(all, all.size());
  }

  /** The answer is on its way for a while. */
  private static <T> T slowly(AtomicInteger calls, Supplier<T> answer) {
    calls.incrementAndGet();
    T answered = answer.get();
    await().pollDelay(Duration.ofMillis(20)).until(() -> true);
    return answered;
  }

  @Test
  void whatNoListShowsIsReadItself() throws Exception {
    look.all();
    busy();
    Future<Optional<String>> asked = ask("new");
    await().until(() -> alone.contains("new"));
    there = List.of("new");
    answered.countDown();
    assertThat(asked.get()).contains("new");
    assertThat(lists).hasValue(2);
  }

  @Test
  void noListIsReadForOneOfVeryMany() {
    length = 1000;
    look.all();
    busy();
    ask("one");
    await().until(() -> alone.contains("one"));
    assertThat(lists).hasValue(1);
  }

  @Test
  void afterListThatFailedNoneIsReadForSingleOnesUntilOneSucceeds() throws Exception {
    look.all();
    busy();
    listFails = true;
    Future<Optional<String>> failed = ask("a");
    assertThatThrownBy(failed::get).hasRootCauseInstanceOf(ConnectorException.class);
    assertThat(lists).hasValue(2);

    ask("b");
    await().until(() -> alone.contains("b"));
    assertThat(lists).hasValue(2);

    listFails = false;
    there = List.of("c");
    look.all();
    assertThat(ask("c").get()).contains("c");
    assertThat(lists).hasValue(4);
  }

  @Test
  void nobodyWhoWaitsSendsAnythingAfterPauseWasAskedFor() throws Exception {
    listed = new CountDownLatch(1);
    listFails = true;
    pause = Optional.of(Duration.ofSeconds(1));
    ConcurrentLinkedQueue<Optional<Duration>> told = new ConcurrentLinkedQueue<>();
    Thread first = new Thread(() -> tellPause(told));
    first.start();
    await().until(() -> lists.get() == 1);
    List<Thread> later = Stream.generate(() -> new Thread(() -> tellPause(told))).limit(5).toList();
    later.forEach(Thread::start);
    await().until(() -> later.stream().allMatch(it -> it.getState() == Thread.State.WAITING));
    listed.countDown();
    await().until(() -> told.size() == 6);
    assertThat(told).containsOnly(pause);
    assertThat(lists).hasValue(1);
  }

  private void tellPause(Queue<Optional<Duration>> told) {
    try {
      look.all();
    } catch (ConnectorException e) {
      told.add(e.retryAfter());
    }
  }

  @Test
  void nobodyWaitsForLongListOfOthers() throws Exception {
    length = 2000;
    look.all();
    listed = new CountDownLatch(1);
    List<Future<List<String>>> both =
        Stream.generate(() -> threads.submit(look::all)).limit(2).toList();
    await().until(() -> lists.get() == 3);
    listed.countDown();
    for (Future<List<String>> each : both) assertThat(each.get()).isEmpty();
  }
}
