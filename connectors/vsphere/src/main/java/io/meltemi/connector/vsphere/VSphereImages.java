package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.Progress;
import io.meltemi.connector.vsphere.vim.VimFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Templates which were captured into the folder. */
final class VSphereImages implements Images {
  private final Identity identity;
  private final Sight sight;
  private final Builds builds;
  private final Removal removal;
  private final Marks marks;

  VSphereImages(VCenter vcenter, Workshop workshop) {
    identity = workshop.identity();
    sight = workshop.sight();
    builds = workshop.builds();
    removal = workshop.removal();
    marks = new Marks(vcenter, identity, Identity.Kind.IMAGE);
  }

  @Override
  public List<Handle> find(Token token) {
    Handle handle = identity.handle(Identity.Kind.IMAGE, token);
    return read(handle).isPresent() ? List.of(handle) : List.of();
  }

  @Override
  public List<Marked> list() {
    List<Seen> made =
        sight.all().stream()
            .filter(Seen::template)
            .filter(seen -> seen.handle().filter(handle -> !builds.running(handle)).isPresent())
            .toList();
    Map<Ref, Marks.Marked> ours = marks.of(made);
    return made.stream()
        .flatMap(seen ->
            ours.getOrDefault(seen.ref(), Marks.Marked.NOT).mark().stream()
                .map(mark -> new Marked(seen.handle().orElseThrow(), mark.token())))
        .toList();
  }

  @Override
  public Optional<Captured> read(Handle image) {
    Optional<Seen> seen = sight.one(image);
    if (seen.isPresent() && seen.get().handle().isPresent() && !builds.running(image)) {
      builds.forget(image);
      return seen.filter(Seen::template).map(made -> captured(image, State.READY));
    }
    Optional<Captured> clone =
        builds.of(image).flatMap(build -> builds.progress(build).map(how -> captured(image, how)));
    if (clone.isPresent()) return clone;
    return seen.map(found -> captured(image, State.MAKING))
        .or(() -> builds.failed(image).map(failed -> failed(image, failed.why())));
  }

  private static Captured captured(Handle image, State state) {
    return new Captured(image, image.value(), state, Optional.empty());
  }

  private static Captured captured(Handle image, Progress progress) {
    return progress
        .error()
        .map(why -> failed(image, why))
        .orElseGet(() -> captured(image, State.MAKING));
  }

  private static Captured failed(Handle image, VimFault why) {
    return new Captured(image, image.value(), State.FAILED, Optional.of(why.words()));
  }

  @Override
  public void delete(Handle image) {
    removal.remove(image);
    marks.forget(image);
  }
}
